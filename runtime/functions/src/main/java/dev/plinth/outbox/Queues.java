package dev.plinth.outbox;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Where events go. Thread-safe. */
interface Queues {
    /** How many messages can be sent at once. */
    int MOST = 10;

    /** An event on its way, by the id of its row. */
    record Message(UUID id, String body) {
    }

    /**
     * Sends messages, and returns the ids of those that the queue took; it refuses the others, and would again.
     *
     * @param messages {@link #MOST} at most
     * @param patience how long to wait for an answer
     * @throws Failure of kind {@link Kind#UNAVAILABLE} when the queue cannot be reached; some may have been sent
     */
    Set<UUID> send(QueueName queue, List<Message> messages, Duration patience);
}
