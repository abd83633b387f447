package dev.plinth.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.plinth.contract.Role;
import dev.plinth.failure.Failure;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.UUID;

/** Issues access tokens. Thread-safe. */
@Singleton
@Requires(env = "identity")
public final class AccessTokens {
    private final SigningKey key;
    private final TokenSettings settings;
    private final Clock clock;

    AccessTokens(SigningKey key, TokenSettings settings, Clock clock) {
        this.key = key;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Returns a new token.
     *
     * @throws Failure UNAVAILABLE when the signing key cannot be had
     */
    public AccessToken issue(UUID userId, String sessionId, Role role) {
        ECKey signing = key.current();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(settings.issuer())
                .audience(AccessToken.AUDIENCE)
                .subject(userId.toString())
                .claim(AccessToken.SESSION, sessionId)
                .claim(AccessToken.ROLE, role.name())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(AccessToken.LIFETIME)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        return new AccessToken(signed(claims, signing), AccessToken.LIFETIME);
    }

    static String signed(JWTClaimsSet claims, ECKey key) {
        JWSHeader header = new JWSHeader.Builder(AccessToken.ALGORITHM)
                .type(AccessToken.TYPE)
                .keyID(key.getKeyID())
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException unusable) {
            throw new IllegalStateException("The signing key cannot sign", unusable);
        }
        return token.serialize();
    }
}
