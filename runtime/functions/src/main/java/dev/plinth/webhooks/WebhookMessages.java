package dev.plinth.webhooks;

import dev.plinth.functions.event.Message;
import dev.plinth.functions.event.MessageHandler;
import dev.plinth.notices.Notice;
import dev.plinth.webhooks.DeliveryQueue.Due;
import io.micronaut.context.annotation.Requires;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Handles what is in the webhook queue: notices from the topic, and attempts that are due. */
@Singleton
@Requires(env = "webhook-worker")
class WebhookMessages implements MessageHandler {
    private static final String TYPE = "type";

    private final NoticeFanOut fanOut;
    private final Attempts attempts;
    private final DeadLetters deadLetters;
    private final JsonMapper json;

    WebhookMessages(NoticeFanOut fanOut, Attempts attempts, DeadLetters deadLetters, JsonMapper json) {
        this.fanOut = fanOut;
        this.attempts = attempts;
        this.deadLetters = deadLetters;
        this.json = json;
    }

    @Override
    public void handle(Message message) {
        if (isDue(message.body())) {
            read(message, () -> Due.of(message.body()))
                    .ifPresent(due -> attempts.make(due, message.receiveCount() > 1));
        } else {
            read(message, () -> notice(message.body())).ifPresent(fanOut::announce);
        }
    }

    private static boolean isDue(JsonNode body) {
        JsonNode type = body.get(TYPE);
        return type != null && type.isString() && type.getStringValue().equals(DeliveryQueue.DUE);
    }

    private static Notice notice(JsonNode body) {
        if (!NoticeMessage.isOne(body)) {
            throw new IllegalArgumentException("The message is neither a notice nor an attempt that is due.");
        }
        return NoticeMessage.read(body);
    }

    /** Returns what the message says; empty when it makes no sense, which no repetition changes. */
    private <T> Optional<T> read(Message message, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (IllegalArgumentException senseless) {
            deadLetters.bury(text(message.body()), senseless.getMessage(), message.receiveCount());
            return Optional.empty();
        }
    }

    private String text(JsonNode body) {
        try {
            return json.writeValueAsString(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException("What was JSON has a JSON form", impossible);
        }
    }
}
