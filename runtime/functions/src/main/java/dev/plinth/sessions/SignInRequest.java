package dev.plinth.sessions;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** The body of a request to sign in. */
@Serdeable
@Schema(name = "SignIn", description = "An e-mail address with its password")
record SignInRequest(
        @NotNull @TextRules.Email @Schema(format = "email", example = "ada@example.org") String email,
        @NotNull @TextRules.Password @Schema(format = "password") String password,
        @Nullable @TextRules.Device @Schema(example = "Ada's phone",
                description = "Shown in the list of sessions; what the client calls itself unless it is given")
        String device) {

    /** Without the password, so that a log cannot have it. */
    @Override
    public String toString() {
        return "SignInRequest";
    }
}
