package dev.plinth.webhooks;

import dev.plinth.contract.Setting;
import dev.plinth.functions.aws.AwsFailures;
import io.micronaut.context.env.Environment;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The queue of the webhook worker, for attempts that are due. Thread-safe. */
@Singleton
public class DeliveryQueue {
    static final String DUE = "delivery-due";

    /** The longest delay of a message (Amazon SQS API reference, SendMessage). */
    static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    private final SqsClient sqs;
    private final JsonMapper json;
    private final String url;

    DeliveryQueue(SqsClient sqs, JsonMapper json, Environment environment) {
        this.sqs = sqs;
        this.json = json;
        this.url = environment.getRequiredProperty(Setting.WEBHOOK_QUEUE_URL.property(), String.class);
    }

    /**
     * Asks for an attempt of a delivery.
     *
     * @param owner   the partition of the endpoint
     * @param attempt its number, the first being 1; one that has been made by then is not made again
     * @param delay   how long to wait before it; at most 15 minutes of it count, and the rest when those are over
     * @throws dev.plinth.failure.Failure UNAVAILABLE when the queue does not take the message
     */
    public void send(String owner, Delivery delivery, int attempt, Duration delay) {
        send(new Due(owner, delivery.endpointId(), delivery.id(), attempt), delay);
    }

    void send(Due due, Duration delay) {
        Duration counted = delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
        AwsFailures.calling(() -> sqs.sendMessage(request -> request
                .queueUrl(url)
                .messageBody(body(due))
                .delaySeconds((int) counted.plusMillis(999).toSeconds())));
    }

    private String body(Due due) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        members.put("type", JsonNode.createStringNode(DUE));
        members.put("owner", JsonNode.createStringNode(due.owner()));
        members.put("endpointId", JsonNode.createStringNode(due.endpointId().toString()));
        members.put("deliveryId", JsonNode.createStringNode(due.deliveryId().toString()));
        members.put("attempt", JsonNode.createNumberNode(due.attempt()));
        try {
            return json.writeValueAsString(JsonNode.createObjectNode(members));
        } catch (IOException impossible) {
            throw new UncheckedIOException("A tree of texts has a JSON form", impossible);
        }
    }

    /** An attempt that is due. */
    record Due(String owner, UUID endpointId, UUID deliveryId, int attempt) {
        /**
         * Returns what a message asks for.
         *
         * @throws IllegalArgumentException when it has not the form of one
         */
        static Due of(JsonNode body) {
            JsonNode attempt = body.get("attempt");
            if (attempt == null || !attempt.isNumber()) {
                throw new IllegalArgumentException("The message has no attempt.");
            }
            return new Due(NoticeMessage.text(body, "owner"), NoticeMessage.uuid(body, "endpointId"),
                    NoticeMessage.uuid(body, "deliveryId"), attempt.getIntValue());
        }
    }
}
