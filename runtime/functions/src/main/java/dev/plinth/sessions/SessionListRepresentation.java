package dev.plinth.sessions;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** All sessions of a user as clients see them; there are never more than 20. */
@Serdeable
@Schema(name = "SessionList", description = "Sessions, newest first")
record SessionListRepresentation(@NotNull List<SessionRepresentation> items) {
}
