package dev.plinth.identity;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** The body of a request to create a user. */
@Serdeable
@Schema(name = "NewUser", description = "A user to create. Fields that only the server sets are ignored.")
record CreateUserRequest(
        @NotNull @UserRules.Name @Schema(example = "Ada Lovelace") String name,
        @NotNull @UserRules.Email @Schema(format = "email", example = "ada@example.org") String email,
        @NotNull @UserRules.Password @Schema(format = "password", minLength = 12, maxLength = 128,
                description = "Neither the name nor the address, nor one of the most common passwords")
        String password) {

    /** Without the password, so that a log cannot have it. */
    @Override
    public String toString() {
        return "CreateUserRequest";
    }
}
