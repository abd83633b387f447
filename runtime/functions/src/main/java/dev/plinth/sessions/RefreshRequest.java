package dev.plinth.sessions;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** The body of a request for new tokens. */
@Serdeable
@Schema(name = "Refresh", description = "The refresh token that came last")
record RefreshRequest(
        @NotNull @Size(max = 512, message = "must have at most 512 characters") String refreshToken) {

    /** Without the token, so that a log cannot have it. */
    @Override
    public String toString() {
        return "RefreshRequest";
    }
}
