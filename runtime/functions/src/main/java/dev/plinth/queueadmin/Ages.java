package dev.plinth.queueadmin;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Tells how old what waits in queues is. Thread-safe. */
interface Ages {
    /**
     * The ages of the oldest message and of the oldest dead letter, as they were last measured, a few minutes ago at
     * most; empty where nothing was measured.
     */
    record Oldest(Optional<Duration> message, Optional<Duration> deadLetter) {
        static final Oldest UNKNOWN = new Oldest(Optional.empty(), Optional.empty());
    }

    /**
     * Returns the ages in every queue.
     *
     * @throws dev.plinth.failure.Failure UNAVAILABLE when they cannot be had now
     */
    Map<QueueName, Oldest> oldest();
}
