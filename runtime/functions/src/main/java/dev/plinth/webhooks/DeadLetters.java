package dev.plinth.webhooks;

import dev.plinth.contract.Setting;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.event.Unreadable;
import dev.plinth.functions.time.Timestamps;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Takes messages that no attempt could help out of the queue, and leaves them where operators look, with the reason.
 * Thread-safe.
 */
@Singleton
@Requires(env = "webhook-worker")
class DeadLetters implements Unreadable {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final SqsClient sqs;
    private final String url;
    private final Clock clock;

    DeadLetters(SqsClient sqs, Environment environment, Clock clock) {
        this.sqs = sqs;
        this.url = environment.getRequiredProperty(Setting.WEBHOOK_DEAD_LETTERS_URL.property(), String.class);
        this.clock = clock;
    }

    @Override
    public void refuse(String body, int receiveCount) {
        bury(body, "The message is not a JSON object.", receiveCount);
    }

    void bury(String body, String reason, int receiveCount) {
        AwsFailures.calling(() -> sqs.sendMessage(request -> request
                .queueUrl(url)
                .messageBody(body)
                .messageAttributes(Map.of(
                        "reason", attribute("String", reason),
                        "attempts", attribute("Number", Integer.toString(receiveCount)),
                        "failedAt", attribute("String", Timestamps.text(clock.instant()))))));
        LOG.atError().addKeyValue("reason", reason).log("message buried");
    }

    private static MessageAttributeValue attribute(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }
}
