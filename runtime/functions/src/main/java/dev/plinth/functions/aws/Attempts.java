package dev.plinth.functions.aws;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import java.util.Optional;
import java.util.function.Supplier;

/** Repeats a change that is derived from what was read, for as long as others change that meanwhile. */
public final class Attempts {

    private static final int MOST = 10;

    private Attempts() {
    }

    /**
     * Returns what the first attempt that meets nobody returns.
     *
     * @param attempt reads, and writes on the condition that what it read is still so; empty when it is not
     * @throws Failure UNAVAILABLE when ten attempts met somebody
     */
    public static <T> T of(Supplier<Optional<T>> attempt) {
        for (int number = 1; number <= MOST; number++) {
            Optional<T> result = attempt.get();
            if (result.isPresent()) {
                return result.get();
            }
            Pause.after(number);
        }
        throw new Failure(Kind.UNAVAILABLE, "Too many requests change this at once. Try again.");
    }
}
