package dev.plinth.sessions;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** The body of a request to verify an address. */
@Serdeable
@Schema(name = "Verification", description = "An e-mail address with the code that was mailed to it")
record VerificationRequest(
        @NotNull @TextRules.Email @Schema(format = "email", example = "ada@example.org") String email,
        @NotNull @TextRules.Code @Schema(example = "123456") String code) {

    /** Without the code, so that a log cannot have it. */
    @Override
    public String toString() {
        return "VerificationRequest";
    }
}
