package dev.plinth.jobs;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Duration;

@Factory
final class JobsBeans {

    /** Reads times that somebody shortens for a test; in operation nobody does. */
    @Singleton
    JobTimes times(Environment environment) {
        JobTimes usual = JobTimes.USUAL;
        return new JobTimes(
                time(environment, "lease", usual.lease()),
                time(environment, "beat", usual.beat()),
                time(environment, "check", usual.check()),
                time(environment, "retry", usual.retry()),
                environment.getProperty("plinth.jobs.attempts", Integer.class, usual.attempts()),
                environment.getProperty("plinth.jobs.resends", Integer.class, usual.resends()));
    }

    @Singleton
    Ticker ticker() {
        return new ThreadTicker();
    }

    private static Duration time(Environment environment, String name, Duration usual) {
        return environment.getProperty("plinth.jobs." + name, Duration.class, usual);
    }
}
