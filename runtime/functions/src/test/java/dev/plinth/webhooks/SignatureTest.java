package dev.plinth.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Signatures as the library of the specification's authors verifies them. */
class SignatureTest {
    private static final String BODY = "{\"type\": \"generation.ended\", \"data\": \"ü\"}";

    private final Secrets secrets = Secrets.generate();
    private final Instant now = Instant.now();

    @Test
    void signsAsTheSpecificationSays() {
        String signature = Signature.of(secrets.at(now), "n1", now.getEpochSecond(), BODY);

        assertThatCode(() -> verify(secrets.current(), "n1", BODY, signature)).doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(secrets.current(), "n2", BODY, signature))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(secrets.current(), "n1", BODY + " ", signature))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> verify(Secrets.generate().current(), "n1", BODY, signature))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void signsWithTheSecretBeforeForADay() {
        Secrets rotated = secrets.rotated(now);
        String during = Signature.of(rotated.at(now.plus(Duration.ofHours(23))), "n1", now.getEpochSecond(), BODY);
        String after = Signature.of(rotated.at(now.plus(Duration.ofHours(24))), "n1", now.getEpochSecond(), BODY);

        assertThatCode(() -> verify(secrets.current(), "n1", BODY, during)).doesNotThrowAnyException();
        assertThatCode(() -> verify(rotated.current(), "n1", BODY, during)).doesNotThrowAnyException();
        assertThatCode(() -> verify(rotated.current(), "n1", BODY, after)).doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(secrets.current(), "n1", BODY, after))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void makesSecretsThatNobodyGuessesAndNoLogSees() {
        assertThat(Base64.getDecoder().decode(secrets.current().substring("whsec_".length()))).hasSize(32);
        assertThat(Secrets.generate().current()).isNotEqualTo(secrets.current());
        assertThat(secrets.rotated(now).toString()).doesNotContain("whsec_");
    }

    private void verify(String secret, String id, String body, String signature) throws Exception {
        new Webhook(secret).verify(body, HttpHeaders.of(Map.of(
                "webhook-id", List.of(id),
                "webhook-timestamp", List.of(Long.toString(now.getEpochSecond())),
                "webhook-signature", List.of(signature)), (name, value) -> true));
    }
}
