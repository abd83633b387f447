package dev.plinth.jobs;

import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.time.Timestamps;
import io.micronaut.context.env.Environment;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The queues of jobs, in SQS. A service needs the settings of those queues only that it uses. Thread-safe. */
@Singleton
public final class JobQueues {
    /** Attributes of a message in a dead-letter queue that a worker put there. */
    static final String REASON = "reason";
    static final String ATTEMPTS = "attempts";
    static final String FAILED_AT = "failedAt";

    private static final Logger LOG = LoggerFactory.getLogger(JobQueues.class);

    /** The bounds of SQS (API reference, SendMessage and ChangeMessageVisibility). */
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);
    private static final Duration LONGEST_HIDDEN = Duration.ofHours(12);

    private final SqsClient sqs;
    private final Environment environment;
    private final JsonMapper json;
    private final Clock clock;

    JobQueues(SqsClient sqs, Environment environment, JsonMapper json, Clock clock) {
        this.sqs = sqs;
        this.environment = environment;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Sends a message to the worker of a job's kind.
     *
     * @throws dev.plinth.failure.Failure UNAVAILABLE when the queue does not take it; it may have taken it
     */
    public void send(JobKind kind, Ask ask, UUID job, Duration delay) {
        String body = body(Map.of(JobKind.TYPE, kind.type(ask), JobKind.JOB_ID, job.toString()));
        AwsFailures.calling(() -> sqs.sendMessage(request -> request
                .queueUrl(url(kind.queue().property()))
                .delaySeconds(seconds(delay, LONGEST_DELAY))
                .messageBody(body)));
    }

    /**
     * Sends a message to the worker of a job's kind after the job was written. The caller's work is done by then, so
     * nothing is thrown: what cannot be sent now, the relay sends.
     */
    public void sendSoon(JobKind kind, Ask ask, UUID job) {
        try {
            send(kind, ask, job, Duration.ZERO);
        } catch (RuntimeException unsent) {
            LOG.atWarn().addKeyValue("jobId", job).setCause(unsent).log("job left to the relay");
        }
    }

    /** Hides a message for some time from now. */
    void hide(JobKind kind, String receiptHandle, Duration time) {
        AwsFailures.calling(() -> sqs.changeMessageVisibility(request -> request
                .queueUrl(url(kind.queue().property()))
                .receiptHandle(receiptHandle)
                .visibilityTimeout(seconds(time, LONGEST_HIDDEN))));
    }

    /** Puts a message that no attempt can help into the dead-letter queue, with the reason. */
    void bury(JobKind kind, String body, String reason, int attempts) {
        AwsFailures.calling(() -> sqs.sendMessage(request -> request
                .queueUrl(url(kind.deadLetters().property()))
                .messageBody(body)
                .messageAttributes(Map.of(
                        REASON, attribute("String", reason),
                        ATTEMPTS, attribute("Number", Integer.toString(attempts)),
                        FAILED_AT, attribute("String", Timestamps.text(clock.instant()))))));
    }

    private static MessageAttributeValue attribute(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }

    private String url(String property) {
        return environment.getRequiredProperty(property, String.class);
    }

    /** SQS counts whole seconds; a message that comes a little late does no harm, one that comes early is put back. */
    private static int seconds(Duration time, Duration longest) {
        Duration bounded = time.compareTo(longest) < 0 ? time : longest;
        return (int) Math.max(0, bounded.plusMillis(999).toSeconds());
    }

    private String body(Map<String, String> members) {
        Map<String, JsonNode> nodes = new LinkedHashMap<>();
        members.forEach((name, value) -> nodes.put(name, JsonNode.createStringNode(value)));
        return text(JsonNode.createObjectNode(nodes));
    }

    String text(JsonNode body) {
        try {
            return json.writeValueAsString(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException("A tree has a JSON form", impossible);
        }
    }
}
