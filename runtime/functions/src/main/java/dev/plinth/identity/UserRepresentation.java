package dev.plinth.identity;

import dev.plinth.contract.Role;
import dev.plinth.functions.time.Timestamps;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** A user as clients see one. */
@Serdeable
@Schema(name = "User")
record UserRepresentation(
        @NotNull @Schema(format = "uuid", example = "019ab3c4-5f0e-7c3c-9a55-0a1f6f0d2b11") String id,
        @NotNull @Schema(example = "Ada Lovelace") String name,
        @NotNull @Schema(format = "email", example = "ada@example.org") String email,
        @NotNull Role role,
        @Schema(description = "Whether the user has proved that the address is theirs") boolean verified,
        @NotNull @Schema(format = "date-time", example = "2026-03-01T12:00:00.000Z") String createdAt,
        @NotNull @Schema(format = "date-time", example = "2026-03-01T12:00:00.000Z") String updatedAt) {

    static UserRepresentation of(User user) {
        return new UserRepresentation(user.id().toString(), user.name(), user.email().text(), user.role(),
                user.verified(), Timestamps.text(user.createdAt()), Timestamps.text(user.updatedAt()));
    }
}
