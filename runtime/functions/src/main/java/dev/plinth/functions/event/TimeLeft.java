package dev.plinth.functions.event;

import dev.plinth.failure.Failure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * How long the invocation that a thread serves may still take before Lambda ends the process. Work of many steps looks
 * here between two of them, and stops in good order instead of being stopped.
 *
 * <p>Safe for use by several threads; each sees the invocation that it serves itself.
 */
@Singleton
public final class TimeLeft {
    /** What a thread has that serves no invocation: nobody ends it. */
    private static final Duration UNLIMITED = Duration.ofMillis(Integer.MAX_VALUE);

    private final ThreadLocal<IntSupplier> invocation = new ThreadLocal<>();

    /** Returns the time left; never negative. */
    public Duration now() {
        IntSupplier millis = invocation.get();
        return millis == null ? UNLIMITED : Duration.ofMillis(Math.max(0, millis.getAsInt()));
    }

    public boolean isBelow(Duration needed) {
        return now().compareTo(needed) < 0;
    }

    /**
     * Lets the next part of a work begin only if there is time for it.
     *
     * @throws Failure UNAVAILABLE when there is less; the message comes again, and the work goes on where it stopped
     */
    public void require(Duration needed) {
        if (isBelow(needed)) {
            throw Failure.unavailable("The work goes on at the next delivery.", Duration.ofSeconds(1), null);
        }
    }

    /**
     * Does the work of an invocation on this thread.
     *
     * @param millis tells the milliseconds that are left, as Lambda's context does
     */
    public <T> T during(IntSupplier millis, Supplier<T> work) {
        invocation.set(millis);
        try {
            return work.get();
        } finally {
            invocation.remove();
        }
    }
}
