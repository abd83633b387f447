package dev.plinth.webhooks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * When a delivery that failed is tried again.
 *
 * @param pauses after the first attempt, the second and so on; after the last of them comes the last attempt
 * @param random from 0 to 1; it moves each pause by up to a fifth, so that what failed together does not return
 *             together
 */
record Schedule(List<Duration> pauses, DoubleSupplier random) {
    static final Schedule USUAL = new Schedule(List.of(Duration.ofSeconds(10), Duration.ofMinutes(1),
            Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1)),
            () -> ThreadLocalRandom.current().nextDouble());

    private static final double SPREAD = 0.4;

    Schedule {
        pauses = List.copyOf(pauses);
    }

    boolean isLast(int attempt) {
        return attempt > pauses.size();
    }

    /** Returns how long to wait after an attempt, the first being number 1, which is not the last. */
    Duration after(int attempt) {
        double factor = 1 - SPREAD / 2 + SPREAD * random.getAsDouble();
        return Duration.ofMillis(Math.round(pauses.get(attempt - 1).toMillis() * factor));
    }
}
