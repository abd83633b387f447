package dev.plinth.local.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * A queue as its template defines it.
 *
 * @param url        its URL at the door
 * @param visibility for how long a received message is hidden from other receivers
 * @param redrive    where messages go that are received too often; empty for a queue without a dead-letter queue
 */
public record Queue(String name, String url, String arn, String constructPath, Duration visibility, Optional<Redrive> redrive) {

    /**
     * Where messages go that are received too often.
     *
     * @param most how often a message is received before it goes there
     */
    public record Redrive(String deadLetterArn, int most) {
    }
}
