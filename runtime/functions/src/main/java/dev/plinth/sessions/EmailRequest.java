package dev.plinth.sessions;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** The body of a request for a code. */
@Serdeable
@Schema(name = "CodeRequest", description = "The e-mail address to send a code to")
record EmailRequest(@NotNull @TextRules.Email @Schema(format = "email", example = "ada@example.org") String email) {
}
