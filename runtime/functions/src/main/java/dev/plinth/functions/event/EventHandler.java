package dev.plinth.functions.event;

import io.micronaut.json.tree.JsonNode;

/**
 * Handles what starts a function that is not behind the HTTP API. A service of such a function has one bean of this
 * type; for queues it is given, and the service has a {@link MessageHandler} instead.
 */
public interface EventHandler {
    /**
     * Returns the answer to an event; null for none. What it throws, Lambda takes for a failed invocation.
     *
     * @param event     the event as Lambda gave it
     * @param requestId of the invocation
     */
    JsonNode handle(JsonNode event, String requestId);
}
