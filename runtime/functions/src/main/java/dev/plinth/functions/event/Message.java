package dev.plinth.functions.event;

import io.micronaut.json.tree.JsonNode;

/**
 * A message as the queue gave it.
 *
 * @param id            the same for every time that the queue gives it
 * @param receiptHandle names this one time, for as long as the message is hidden; for changing its visibility
 * @param receiveCount  how often it has been given to somebody, this time included
 * @param body          a JSON object
 */
public record Message(String id, String receiptHandle, int receiveCount, JsonNode body) {
}
