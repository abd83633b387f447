package dev.plinth.outbox;

import dev.plinth.functions.event.Message;
import io.micronaut.json.tree.JsonNode;
import java.util.Arrays;
import java.util.UUID;

/** An event as a queue gives it to a handler: what happened, and to whom. */
public record ReceivedEvent(EventType type, UUID userId) {

    /**
     * Reads a message.
     *
     * @throws IllegalArgumentException when it is no event of a user; so it ends in the dead-letter queue, where it is
     *                                  seen
     */
    public static ReceivedEvent of(Message message) {
        String type = text(message.body(), "type");
        EventType known = Arrays.stream(EventType.values()).filter(one -> one.text().equals(type)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The message has a type that is not known here."));
        return new ReceivedEvent(known, UUID.fromString(text(message.body(), "userId")));
    }

    /**
     * Reads the message that a user is gone, and returns the user.
     *
     * @throws IllegalArgumentException when it says anything else
     */
    public static UUID removedUser(Message message) {
        ReceivedEvent event = of(message);
        if (event.type != EventType.USER_REMOVED) {
            throw new IllegalArgumentException("The event is not of the type " + EventType.USER_REMOVED.text());
        }
        return event.userId;
    }

    private static String text(JsonNode event, String member) {
        JsonNode value = event.get(member);
        if (value == null || !value.isString()) {
            throw new IllegalArgumentException("The message has no text named " + member + ".");
        }
        return value.getStringValue();
    }
}
