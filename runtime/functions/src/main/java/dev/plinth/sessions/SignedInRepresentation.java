package dev.plinth.sessions;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;

/** A session with its tokens, named as in RFC 6749, section 5.1, in this API's spelling. */
@Serdeable
@Schema(name = "SignedIn", description = "A session with the tokens that count from now on")
record SignedInRepresentation(
        @NotNull SessionRepresentation session,
        @NotNull @Schema(description = "Send it as Authorization: Bearer") String accessToken,
        @NotNull @Schema(allowableValues = "Bearer") String tokenType,
        @Schema(description = "Seconds until the access token expires", example = "300") long expiresIn,
        @NotNull @Schema(description = "Good for one refresh; sent a second time, it ends the session")
        String refreshToken,
        @Schema(description = "Seconds until the session ends unless it is refreshed", example = "7200")
        long refreshExpiresIn) {

    static SignedInRepresentation of(SignedIn signedIn) {
        Session session = signedIn.session();
        return new SignedInRepresentation(
                SessionRepresentation.of(session, session.id()),
                signedIn.accessToken().value(),
                "Bearer",
                signedIn.accessToken().lifetime().toSeconds(),
                signedIn.refreshToken().text(),
                Duration.between(session.lastUsedAt(), session.expiresAt()).toSeconds());
    }

    /** Without the tokens, so that a log cannot have them. */
    @Override
    public String toString() {
        return "SignedInRepresentation of " + session.id();
    }
}
