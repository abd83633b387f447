package dev.plinth.tokens;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;

/**
 * An access token as it is sent, and what all of them have in common.
 *
 * @param lifetime how long it is valid from now
 */
public record AccessToken(String value, Duration lifetime) {
    /** Who takes the tokens: the API. */
    public static final String AUDIENCE = "plinth-api";

    /** RFC 9068, section 2.1: no other kind of JWT can be taken for one of these. */
    public static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    public static final JWSAlgorithm ALGORITHM = JWSAlgorithm.ES256;

    /** The claim with the id of the session. */
    public static final String SESSION = "sid";

    /** The claim with the user's role when the token was issued. */
    public static final String ROLE = "role";

    /** Short, since a token cannot be taken back: its session can, and every refresh asks for that and for the role. */
    public static final Duration LIFETIME = Duration.ofMinutes(5);
}
