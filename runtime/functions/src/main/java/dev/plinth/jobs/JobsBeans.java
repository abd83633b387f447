package dev.plinth.jobs;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Duration;

@Factory
final class JobsBeans {
    private static final String PREFIX = "plinth.jobs.";

    /**
     * Reads times that somebody shortens for a test, from properties of the JVM, for example {@code plinth.jobs.lease}
     * as {@code PT5S}. No template can set those, and in operation nobody does.
     */
    @Singleton
    JobTimes times() {
        JobTimes usual = JobTimes.USUAL;
        return new JobTimes(
                time("lease", usual.lease()),
                time("beat", usual.beat()),
                time("check", usual.check()),
                time("retry", usual.retry()),
                Integer.getInteger(PREFIX + "attempts", usual.attempts()),
                Integer.getInteger(PREFIX + "resends", usual.resends()));
    }

    @Singleton
    Ticker ticker() {
        return new ThreadTicker();
    }

    private static Duration time(String name, Duration usual) {
        return Duration.parse(System.getProperty(PREFIX + name, usual.toString()));
    }
}
