package dev.plinth.tokens;

import com.nimbusds.jose.jwk.ECKey;
import dev.plinth.functions.Beans;
import dev.plinth.functions.HttpFunction;
import dev.plinth.functions.aws.LocalTable;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Gives an identity function a signing key, from a Secrets Manager in memory that a test can take down. */
@Factory
@Requires(env = KnownSigningKey.ENVIRONMENT)
public final class KnownSigningKey {
    public static final String ENVIRONMENT = "known-signing-key";

    private static final ECKey KEY = TokenExamples.newKey("99999999-9999-4999-8999-999999999999");

    /** Publishes the key's public part. */
    public static void publish(LocalTable table) {
        TokenExamples.keys(table, Clock.systemUTC()).publish(KEY.toPublicJWK());
    }

    /** Says whether Secrets Manager answers a function, which forgets the key that it has. */
    public static void down(HttpFunction function, boolean unreachable) {
        Beans.of(function, MemorySecrets.class).down(unreachable);
        Beans.of(function, SigningKey.class).beforeCheckpoint(null);
    }

    @Singleton
    @Primary
    MemorySecrets secrets() {
        MemorySecrets secrets = new MemorySecrets();
        secrets.putCurrent(KEY.getKeyID(), KEY.toJSONString());
        return secrets;
    }
}
