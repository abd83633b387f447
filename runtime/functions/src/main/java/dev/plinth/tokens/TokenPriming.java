package dev.plinth.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.plinth.functions.checkpoint.Priming;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;

/**
 * Signs and verifies by a key that nobody keeps. No request that the checkpoint sends gets so far, and the snapshot must
 * not hold the key of the stage.
 */
@Singleton
@Requires(env = {"identity", "authorizer"})
final class TokenPriming implements Priming {
    @Override
    public void prime() {
        try {
            ECKey key = TokenKeyRotation.newKey("priming");
            JWTClaimsSet claims = new JWTClaimsSet.Builder()
                    .issuer("priming").audience(AccessToken.AUDIENCE).subject("priming")
                    .expirationTime(Date.from(Instant.EPOCH)).build();
            SignedJWT token = SignedJWT.parse(AccessTokens.signed(claims, key));
            token.verify(new ECDSAVerifier(key.toPublicJWK()));
            token.getJWTClaimsSet().getExpirationTime();
        } catch (JOSEException | ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
