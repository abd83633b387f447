package dev.plinth.tokens;

import com.nimbusds.jose.jwk.ECKey;
import dev.plinth.contract.Setting;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.AwsFailures;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * The private key that signs access tokens, read from its secret and kept for some minutes. While Secrets Manager does
 * not answer, a key is used a little longer than it is kept; {@link TokenKeyRotation} counts on {@link #LONGEST_USE}.
 * Thread-safe.
 */
@Singleton
@Requires(env = "identity")
final class SigningKey implements Resource {
    /** How long after it was read a key may sign: so long is the public key of a replaced one still needed. */
    static final Duration LONGEST_USE = Duration.ofMinutes(10);

    private static final Duration KEPT = Duration.ofMinutes(5);

    /** How long nothing is asked after a failure, so that a caller need not wait for each. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(SigningKey.class);

    private final SecretsManagerClient secrets;
    private final String secretArn;
    private final Clock clock;

    private ECKey key;
    private Instant readAt = Instant.MIN;
    private Instant nextRead = Instant.MIN;

    @Inject
    SigningKey(SecretsManagerClient secrets, Environment environment, Clock clock) {
        this(secrets, environment.getRequiredProperty(Setting.TOKEN_SIGNING_KEY_ARN.property(), String.class), clock);
    }

    SigningKey(SecretsManagerClient secrets, String secretArn, Clock clock) {
        this.secrets = secrets;
        this.secretArn = secretArn;
        this.clock = clock;
        Core.getGlobalContext().register(this);
    }

    /** Returns the key, and throws {@link Failure} UNAVAILABLE when there is none that may still be used. */
    synchronized ECKey current() {
        Instant now = clock.instant();
        if (!now.isBefore(nextRead)) {
            renew(now);
        }
        if (key == null || !now.isBefore(readAt.plus(LONGEST_USE))) {
            throw unavailable(null);
        }
        return key;
    }

    private void renew(Instant now) {
        try {
            key = read();
            readAt = now;
            nextRead = now.plus(KEPT);
        } catch (Failure failure) {
            if (key == null || failure.kind() != Kind.UNAVAILABLE) {
                throw failure;
            }
            nextRead = now.plus(PAUSE);
            LOG.atWarn().setCause(failure).log("signing key not renewed");
        }
    }

    private ECKey read() {
        GetSecretValueRequest request = GetSecretValueRequest.builder().secretId(secretArn).build();
        try {
            return ECKey.parse(AwsFailures.calling(() -> secrets.getSecretValue(request)).secretString());
        } catch (ResourceNotFoundException noValueYet) {
            throw unavailable(noValueYet);
        } catch (ParseException noKeyYet) {
            // What the parser says quotes the secret, and so is left out.
            throw unavailable(new IllegalStateException("The signing key's secret holds no key"));
        }
    }

    private static Failure unavailable(Throwable cause) {
        return Failure.unavailable("Access tokens cannot be issued now. Try again later.", PAUSE, cause);
    }

    /** Forgets the key: a snapshot is restored long after it was read, and must not hold it. */
    @Override
    public synchronized void beforeCheckpoint(Context<? extends Resource> checkpoint) {
        key = null;
        readAt = Instant.MIN;
        nextRead = Instant.MIN;
    }

    @Override
    public void afterRestore(Context<? extends Resource> checkpoint) {
        // The first token that is issued reads the key.
    }
}
