package dev.plinth.authorizer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.plinth.contract.Role;
import dev.plinth.functions.caller.Caller;
import dev.plinth.tokens.AccessToken;
import dev.plinth.tokens.TokenSettings;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Tells whether a text is an access token that this stage's identity service signed, and for whom (RFC 8725 on what to
 * check; RFC 9068, section 4). Thread-safe.
 */
@Singleton
final class TokenVerifier {
    /**
     * A token that we signed.
     *
     * @param expired true when its time is over
     */
    record Verified(Caller caller, boolean expired) {
    }

    /** Three times the length of ours. A longer text is not even decoded. */
    private static final int LONGEST = 2048;

    /** Three parts of base64url, without padding. */
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final Pattern UUIDS = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern SESSIONS = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final KnownKeys keys;
    private final TokenSettings settings;
    private final Clock clock;

    TokenVerifier(KnownKeys keys, TokenSettings settings, Clock clock) {
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
    }

    /** Returns what a token says; empty unless it is one of ours. Nobody is told why not. */
    Optional<Verified> verify(String text) {
        if (text.length() > LONGEST || !COMPACT.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            SignedJWT token = SignedJWT.parse(text);
            return isSignedByUs(token) ? verified(token.getJWTClaimsSet()) : Optional.empty();
        } catch (ParseException | JOSEException notOurs) {
            return Optional.empty();
        }
    }

    /** The algorithm is ours to say, not the token's, and so is where the key comes from. */
    private boolean isSignedByUs(SignedJWT token) throws JOSEException {
        JWSHeader header = token.getHeader();
        if (!AccessToken.ALGORITHM.equals(header.getAlgorithm()) || !AccessToken.TYPE.equals(header.getType())
                || header.getKeyID() == null || header.getCriticalParams() != null
                || !header.isBase64URLEncodePayload()) {
            return false;
        }
        Optional<ECKey> key = keys.find(header.getKeyID());
        return key.isPresent() && token.verify(new ECDSAVerifier(key.get()));
    }

    /** There is no allowance for clocks: one service of one account issues what this one reads. */
    private Optional<Verified> verified(JWTClaimsSet claims) throws ParseException {
        Instant now = clock.instant();
        Date expiry = claims.getExpirationTime();
        Date issued = claims.getIssueTime();
        String session = claims.getStringClaim(AccessToken.SESSION);
        String role = claims.getStringClaim(AccessToken.ROLE);
        if (!settings.issuer().equals(claims.getIssuer())
                || !List.of(AccessToken.AUDIENCE).equals(claims.getAudience())
                || expiry == null || issued == null || claims.getJWTID() == null
                || claims.getNotBeforeTime() != null && claims.getNotBeforeTime().toInstant().isAfter(now)
                || claims.getSubject() == null || !UUIDS.matcher(claims.getSubject()).matches()
                || session == null || !SESSIONS.matcher(session).matches()) {
            return Optional.empty();
        }
        UUID user = UUID.fromString(claims.getSubject());
        boolean expired = !now.isBefore(expiry.toInstant());
        return Arrays.stream(Role.values())
                .filter(known -> known.name().equals(role))
                .findFirst()
                .map(known -> new Verified(new Caller(user, session, known), expired));
    }
}
