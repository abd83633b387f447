package dev.plinth.sessions;

import dev.plinth.functions.time.Timestamps;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** A session as clients see it. */
@Serdeable
@Schema(name = "Session", description = "A user signed in on a device")
record SessionRepresentation(
        @NotNull @Schema(format = "uuid") String id,
        @NotNull @Schema(format = "uuid") String userId,
        @NotNull @Schema(example = "Ada's phone") String device,
        @NotNull @Schema(format = "date-time", example = "2026-03-01T12:00:00.000Z") String createdAt,
        @NotNull @Schema(format = "date-time", description = "When it was created or last refreshed") String lastUsedAt,
        @NotNull @Schema(format = "date-time", description = "When it ends unless it is refreshed") String expiresAt,
        @Schema(description = "Whether the request itself came by this session") boolean current) {

    static SessionRepresentation of(Session session, String currentId) {
        return new SessionRepresentation(session.id(), session.userId().toString(), session.device(),
                Timestamps.text(session.createdAt()), Timestamps.text(session.lastUsedAt()),
                Timestamps.text(session.expiresAt()), session.id().equals(currentId));
    }
}
