package dev.plinth.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Polls for a condition, with a deadline. */
final class Await {
    /** Six a second: a person may read one thing ten times a second, and no oftener. */
    private static final long STEP_NANOS = Duration.ofMillis(150).toNanos();

    private Await() {
    }

    /** A condition that may fail by an exception. */
    interface Condition {
        boolean holds() throws Exception;
    }

    static void until(String what, Duration longest, Condition condition) {
        long deadline = System.nanoTime() + longest.toNanos();
        try {
            while (!condition.holds()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("Not within " + longest.toSeconds() + " s: " + what);
                }
                LockSupport.parkNanos(STEP_NANOS);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("While waiting until " + what, e);
        }
    }
}
