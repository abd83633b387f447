package dev.plinth.sessions;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** The body of a request to choose a new password. */
@Serdeable
@Schema(name = "PasswordReset", description = "A new password, with the code that was mailed to the e-mail address")
record PasswordResetRequest(
        @NotNull @TextRules.Email @Schema(format = "email", example = "ada@example.org") String email,
        @NotNull @TextRules.Code @Schema(example = "123456") String code,
        @NotNull @TextRules.Password @Schema(format = "password", minLength = 12, maxLength = 128) String password) {

    /** Without the code and the password, so that a log cannot have them. */
    @Override
    public String toString() {
        return "PasswordResetRequest";
    }
}
