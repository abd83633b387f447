package dev.plinth.functions.event;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import io.micronaut.context.annotation.Requires;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Takes the batches of the queue that starts a function apart, and gives the service one message at a time. What fails
 * is named in the answer and goes back to the queue; the rest is gone from it (Lambda Developer Guide, "Handling errors
 * for an SQS event source", partial batch responses).
 */
@Singleton
@Requires(beans = MessageHandler.class)
final class MessageBatch implements EventHandler {
    /** The longest call of a client of ours: a message that is begun with less could be cut off in the middle. */
    static final Duration TIME_FOR_ONE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(MessageBatch.class);

    /** What a type looks like. A log line takes nothing else over from a message. */
    private static final Pattern TYPE = Pattern.compile("[a-z0-9-]{1,64}");

    private final MessageHandler handler;
    private final JsonMapper json;
    private final TimeLeft timeLeft;
    private final Optional<Unreadable> unreadable;

    MessageBatch(MessageHandler handler, JsonMapper json, TimeLeft timeLeft, Optional<Unreadable> unreadable) {
        this.handler = handler;
        this.json = json;
        this.timeLeft = timeLeft;
        this.unreadable = unreadable;
    }

    @Override
    public JsonNode handle(JsonNode event, String requestId) {
        List<JsonNode> failures = new ArrayList<>();
        for (Queued message : messages(event)) {
            if (!isHandled(message)) {
                failures.add(JsonNode.createObjectNode(
                        Map.of("itemIdentifier", JsonNode.createStringNode(message.id()))));
            }
        }
        return JsonNode.createObjectNode(Map.of("batchItemFailures", JsonNode.createArrayNode(failures)));
    }

    private static List<Queued> messages(JsonNode event) {
        JsonNode records = event.get("Records");
        if (records == null || !records.isArray()) {
            throw new IllegalArgumentException("The event has no Records: it is not that of a queue.");
        }
        List<Queued> messages = new ArrayList<>();
        records.values().forEach(queued -> messages.add(Queued.of(queued)));
        return messages;
    }

    private boolean isHandled(Queued message) {
        if (timeLeft.isBelow(TIME_FOR_ONE)) {
            line(Level.WARN, message, "unknown").log("message put back for want of time");
            return false;
        }
        Optional<JsonNode> body = body(message);
        if (body.isEmpty()) {
            // What the parser says quotes the body, and so is left out.
            line(Level.ERROR, message, "unknown").log("message is not a JSON object");
            return isRefused(message);
        }
        String type = type(body.get());
        long start = System.nanoTime();
        try {
            handler.handle(message.to(body.get()));
            line(Level.INFO, message, type)
                    .addKeyValue("durationMs", TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start) / 1000.0)
                    .log("message handled");
            return true;
        } catch (RuntimeException failed) {
            line(passes(failed) ? Level.WARN : Level.ERROR, message, type).setCause(failed).log("message failed");
            return false;
        }
    }

    private boolean isRefused(Queued message) {
        try {
            unreadable.ifPresent(refusing -> refusing.refuse(message.body(), message.receiveCount()));
            return unreadable.isPresent();
        } catch (RuntimeException failed) {
            line(passes(failed) ? Level.WARN : Level.ERROR, message, "unknown").setCause(failed).log("message failed");
            return false;
        }
    }

    /** Tells whether another attempt may succeed without anybody doing something about it. */
    private static boolean passes(RuntimeException failed) {
        return failed instanceof Failure failure && failure.kind() == Kind.UNAVAILABLE;
    }

    private Optional<JsonNode> body(Queued message) {
        try {
            return Optional.ofNullable(json.readValue(message.body(), JsonNode.class)).filter(JsonNode::isObject);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static String type(JsonNode body) {
        return Optional.ofNullable(body.get("type"))
                .filter(JsonNode::isString)
                .map(JsonNode::getStringValue)
                .filter(type -> TYPE.matcher(type).matches())
                .orElse("unknown");
    }

    private static LoggingEventBuilder line(Level level, Queued message, String type) {
        return LOG.atLevel(level)
                .addKeyValue("messageId", message.id())
                .addKeyValue("receiveCount", message.receiveCount())
                .addKeyValue("eventType", type);
    }

    /** A record of the batch, before its body is known to be JSON. */
    private record Queued(String id, String receiptHandle, int receiveCount, String body) {
        static Queued of(JsonNode queued) {
            JsonNode attributes = queued.get("attributes");
            if (attributes == null) {
                throw new IllegalArgumentException("A record has no attributes: it is not a message of a queue.");
            }
            return new Queued(text(queued, "messageId"), text(queued, "receiptHandle"),
                    Integer.parseInt(text(attributes, "ApproximateReceiveCount")), text(queued, "body"));
        }

        Message to(JsonNode json) {
            return new Message(id, receiptHandle, receiveCount, json);
        }

        private static String text(JsonNode node, String name) {
            JsonNode value = node.get(name);
            if (value == null || !value.isString()) {
                throw new IllegalArgumentException("A record has no " + name + ": it is not a message of a queue.");
            }
            return value.getStringValue();
        }
    }
}
