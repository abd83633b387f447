package dev.plinth.queueadmin;

import java.time.Instant;
import java.util.Optional;

/**
 * The latest time that all dead letters of a queue were sent back to it.
 *
 * @param status  as SQS says it, for example {@code RUNNING}
 * @param moved   how many it has moved
 * @param toMove  how many there were when it began; empty where SQS does not say
 * @param failure why it ended before its time; empty unless it did
 */
record Move(String status, long moved, Optional<Long> toMove, Optional<Instant> startedAt, Optional<String> failure) {
}
