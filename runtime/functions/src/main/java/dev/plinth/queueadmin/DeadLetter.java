package dev.plinth.queueadmin;

import java.time.Instant;
import java.util.Optional;

/**
 * A message that nobody could handle.
 *
 * @param id           names it in this dead-letter queue
 * @param receiveCount how often it has been given to somebody, also to who looked at dead letters
 * @param reason       why the worker gave it up; empty when its process died of it
 * @param attempts     how often the worker had tried
 * @param failedAt     when the worker gave it up, as it wrote it
 */
record DeadLetter(String id, Instant sentAt, int receiveCount, Optional<String> reason, Optional<String> attempts,
        Optional<String> failedAt, String body) {
}
