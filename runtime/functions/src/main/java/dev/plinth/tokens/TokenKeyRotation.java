package dev.plinth.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.plinth.functions.event.EventHandler;
import io.micronaut.context.annotation.Requires;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Makes a new signing key in the four steps of Secrets Manager (Secrets Manager User Guide, "Lambda rotation
 * functions"). A key's id is that of the secret's version, so no step needs to remember anything, and each can be
 * repeated. The public key is published before the private one is the current one, and stays until the last token of
 * the private one has expired.
 */
@Singleton
@Requires(env = "token-keys")
final class TokenKeyRotation implements EventHandler {
    private static final String CURRENT = "AWSCURRENT";
    private static final String PENDING = "AWSPENDING";

    /** A signer may use a replaced key that long, and then its last token lives; the rest is for clocks that differ. */
    private static final Duration OUTLIVES = SigningKey.LONGEST_USE.plus(AccessToken.LIFETIME).plusMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(TokenKeyRotation.class);

    private final SecretsManagerClient secrets;
    private final TokenKeys keys;
    private final Clock clock;

    TokenKeyRotation(SecretsManagerClient secrets, TokenKeys keys, Clock clock) {
        this.secrets = secrets;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public JsonNode handle(JsonNode event, String requestId) {
        String secret = text(event, "SecretId");
        String version = text(event, "ClientRequestToken");
        String step = text(event, "Step");
        Map<String, List<String>> stages = secrets.describeSecret(request -> request.secretId(secret))
                .versionIdsToStages();
        boolean current = stages.getOrDefault(version, List.of()).contains(CURRENT);
        if (!current && !stages.getOrDefault(version, List.of()).contains(PENDING)) {
            throw new IllegalStateException("The version " + version + " is not one that is to become current");
        }
        switch (step) {
            case "createSecret" -> {
                if (!current) {
                    create(secret, version);
                }
            }
            case "setSecret" -> {
                if (!current) {
                    keys.publish(pending(secret, version).orElseThrow().toPublicJWK());
                }
            }
            case "testSecret" -> test(secret, version);
            case "finishSecret" -> finish(secret, version, stages);
            default -> throw new IllegalArgumentException("A rotation has no such step: " + step);
        }
        LOG.atInfo().addKeyValue("step", step).addKeyValue("kid", version).log("rotation step done");
        return null;
    }

    private void create(String secret, String version) {
        if (pending(secret, version).isPresent()) {
            return;
        }
        try {
            String key = newKey(version).toJSONString();
            secrets.putSecretValue(request -> request.secretId(secret).clientRequestToken(version)
                    .secretString(key).versionStages(PENDING));
        } catch (ResourceExistsException meanwhile) {
            LOG.atInfo().addKeyValue("kid", version).log("key made by another attempt");
        }
    }

    /** Signs with the private key and verifies with the public one, as the authorizer will read it. */
    private void test(String secret, String version) {
        ECKey signing = pending(secret, version).orElseThrow();
        ECKey published = keys.all().stream().filter(key -> key.getKeyID().equals(version)).findFirst()
                .orElseThrow(() -> new IllegalStateException("The key " + version + " is not published"));
        try {
            JWSObject signed = new JWSObject(new JWSHeader(AccessToken.ALGORITHM), new Payload(version));
            signed.sign(new ECDSASigner(signing));
            if (!signed.verify(new ECDSAVerifier(published))) {
                throw new IllegalStateException("The key " + version + " is published with another public part");
            }
        } catch (JOSEException unusable) {
            throw new IllegalStateException("The key " + version + " cannot sign", unusable);
        }
    }

    private void finish(String secret, String version, Map<String, List<String>> stages) {
        Optional<String> replaced = stages.entrySet().stream()
                .filter(stage -> stage.getValue().contains(CURRENT))
                .map(Map.Entry::getKey)
                .findFirst();
        if (!replaced.equals(Optional.of(version))) {
            test(secret, version);
            secrets.updateSecretVersionStage(request -> request.secretId(secret).versionStage(CURRENT)
                    .moveToVersionId(version).removeFromVersionId(replaced.orElse(null)));
        }
        // Also keys of rotations that never came to their end, but not one that a next rotation has published.
        keys.all().stream()
                .map(ECKey::getKeyID)
                .filter(kid -> !kid.equals(version) && !stages.getOrDefault(kid, List.of()).contains(PENDING))
                .forEach(kid -> keys.retire(kid, clock.instant().plus(OUTLIVES)));
    }

    private Optional<ECKey> pending(String secret, String version) {
        try {
            return Optional.of(ECKey.parse(secrets.getSecretValue(request -> request
                    .secretId(secret).versionId(version)).secretString()));
        } catch (ResourceNotFoundException notYet) {
            return Optional.empty();
        } catch (ParseException damaged) {
            // What the parser says quotes the secret, and so is left out.
            throw new IllegalStateException("The version " + version + " of the secret holds no key");
        }
    }

    static ECKey newKey(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(kid).keyUse(KeyUse.SIGNATURE).algorithm(AccessToken.ALGORITHM).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("Every Java platform has P-256", impossible);
        }
    }

    private static String text(JsonNode event, String name) {
        JsonNode value = event.get(name);
        if (value == null || !value.isString()) {
            throw new IllegalArgumentException("The event has no " + name + ": it is not that of a rotation.");
        }
        return Objects.requireNonNull(value.getStringValue());
    }
}
