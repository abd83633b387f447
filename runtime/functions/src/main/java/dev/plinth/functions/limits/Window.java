package dev.plinth.functions.limits;

import dev.plinth.contract.RateLimits;
import java.time.Duration;
import java.time.Instant;

/**
 * A span of time in which requests are counted. Spans follow one another without a gap.
 *
 * @param number how many there were before it since the epoch
 */
record Window(long number) {
    static final long SECONDS = RateLimits.WINDOW.toSeconds();

    static Window at(Instant time) {
        return new Window(Math.floorDiv(time.getEpochSecond(), SECONDS));
    }

    /** Returns the first moment after it. */
    Instant end() {
        return Instant.ofEpochSecond((number + 1) * SECONDS);
    }

    /** Returns the time until it ends, in whole seconds, rounded up: whoever waits that long is in the next one. */
    Duration left(Instant now) {
        return Duration.ofSeconds(Duration.between(now, end()).plusMillis(999).toSeconds());
    }
}
