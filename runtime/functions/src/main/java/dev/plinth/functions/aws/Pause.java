package dev.plinth.functions.aws;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Waits for a random time, so that writers which met do not meet again. */
public final class Pause {

    private static final Duration STEP = Duration.ofMillis(10);

    private Pause() {
    }

    /**
     * Waits before another attempt, less than 10 milliseconds for each attempt that has failed.
     *
     * @param failed how many attempts have failed, at least 1
     */
    public static void after(int failed) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(STEP.toNanos() * failed));
    }
}
