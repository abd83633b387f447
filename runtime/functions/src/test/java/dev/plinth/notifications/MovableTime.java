package dev.plinth.notifications;

import dev.plinth.functions.time.MovableClock;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One clock for all functions of a test, which the test moves. */
@Factory
@Requires(env = MovableTime.ENVIRONMENT)
final class MovableTime {
    static final String ENVIRONMENT = "movable-time";
    static final MovableClock CLOCK = new MovableClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));

    @Singleton
    @Primary
    Clock movable() {
        return CLOCK;
    }
}
