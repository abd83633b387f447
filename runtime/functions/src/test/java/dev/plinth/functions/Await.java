package dev.plinth.functions;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens by itself, and no longer than a deadline. */
public final class Await {
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final Duration STEP = Duration.ofMillis(20);

    private Await() {
    }

    /** Returns when the condition holds, and throws when it does not within 15 seconds. */
    public static void until(BooleanSupplier condition) {
        Instant end = Instant.now().plus(DEADLINE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("What was awaited did not happen within " + DEADLINE.toSeconds() + " s");
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }
}
