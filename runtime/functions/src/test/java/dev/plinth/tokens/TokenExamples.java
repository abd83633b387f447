package dev.plinth.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.plinth.functions.aws.LocalTable;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** Tokens that a test signs itself, and the keys for them. */
public final class TokenExamples {
    public static final String ISSUER = "urn:plinth:test";

    private TokenExamples() {
    }

    public static ECKey newKey(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static TokenKeys keys(LocalTable table, Clock clock) {
        return new DynamoTokenKeys(table.dynamo(), settings(table), clock);
    }

    public static TokenSettings settings(LocalTable table) {
        return new TokenSettings(ISSUER, table.name());
    }

    /** Starts the claims of a token that holds. */
    public static JWTClaimsSet.Builder claims(UUID user, String session, Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AccessToken.AUDIENCE)
                .subject(user.toString())
                .claim("sid", session)
                .claim("role", "CUSTOMER")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(AccessToken.LIFETIME)))
                .jwtID(UUID.randomUUID().toString());
    }

    public static String signed(JWTClaimsSet.Builder claims, ECKey key) {
        return AccessTokens.signed(claims.build(), key);
    }
}
