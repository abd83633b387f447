package dev.plinth.todos;

import dev.plinth.functions.event.Message;
import dev.plinth.functions.event.MessageHandler;
import io.micronaut.context.annotation.Requires;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Handles the event that a user is gone, by removing what they leave in the todos table. */
@Singleton
@Requires(env = "todos-worker")
class UserRemoval implements MessageHandler {

    private static final String USER_REMOVED = "user-removed";

    private final Partitions partitions;

    UserRemoval(Partitions partitions) {
        this.partitions = partitions;
    }

    /** Refuses any other event: one that is lost in this queue must be seen in the dead-letter queue. */
    @Override
    public void handle(Message message) {
        JsonNode event = message.body();
        if (!text(event, "type").equals(USER_REMOVED)) {
            throw new IllegalArgumentException("The event is not of the type " + USER_REMOVED);
        }
        partitions.remove(UUID.fromString(text(event, "userId")));
    }

    private static String text(JsonNode event, String name) {
        JsonNode value = event.get(name);
        if (value == null || !value.isString()) {
            throw new IllegalArgumentException("The event has no " + name);
        }
        return value.getStringValue();
    }
}
