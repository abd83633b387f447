package dev.plinth.functions.health;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every {@link HealthCheck} at the same time, and waits for none of them longer than the deadline. What they found
 * is told again for a second, so that a flood of questions costs a dependency one check a second and process.
 */
@Singleton
public final class Health {
    /** Whether a dependency, or all of them, answered in time. */
    public enum Status { UP, DOWN }

    /**
     * What one check found.
     *
     * @param latencyMs milliseconds until it answered, failed or was given up
     */
    @Serdeable
    public record Check(Status status, long latencyMs) {
    }

    /**
     * What all checks found.
     *
     * @param status UP when every check is UP
     * @param checks by name, in the order of the names
     */
    @Serdeable
    public record Report(Status status, Map<String, Check> checks) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    /** How long a report is told again. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final List<HealthCheck> checks;
    private final Duration deadline;
    private final Clock clock;
    private final ExecutorService threads;
    private Report last;
    private Instant lastAt;

    @Inject
    Health(List<HealthCheck> checks, Clock clock) {
        this(checks, Duration.ofSeconds(2), clock);
    }

    Health(List<HealthCheck> checks, Duration deadline, Clock clock) {
        this.checks = checks.stream()
                .sorted(Comparator.comparing(HealthCheck::name))
                .toList();
        this.deadline = deadline;
        this.clock = clock;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "health-check");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Returns what the checks found within the last second, or find now, within the deadline for all of them. Who asks
     * while they run gets what they find.
     */
    public synchronized Report report() {
        if (last == null || !isFresh(clock.instant())) {
            last = found();
            lastAt = clock.instant();
        }
        return last;
    }

    /** By the time of day, since a snapshot's other clock stands still until it is restored. */
    private boolean isFresh(Instant now) {
        return !now.isBefore(lastAt) && now.isBefore(lastAt.plus(FRESH));
    }

    private Report found() {
        long start = System.nanoTime();
        Map<String, Future<Check>> running = new LinkedHashMap<>();
        checks.forEach(check -> running.put(check.name(), threads.submit(() -> run(check))));
        Map<String, Check> found = new LinkedHashMap<>();
        running.forEach((name, check) -> found.put(name, await(name, check, start)));
        boolean up = found.values().stream().allMatch(check -> check.status() == Status.UP);
        return new Report(up ? Status.UP : Status.DOWN, found);
    }

    private Check await(String name, Future<Check> check, long start) {
        long left = Math.max(0, deadline.toNanos() - (System.nanoTime() - start));
        try {
            return check.get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            check.cancel(true);
            LOG.atWarn().addKeyValue("check", name).log("health check timed out");
            return new Check(Status.DOWN, millisSince(start));
        } catch (ExecutionException failed) {
            LOG.atError().addKeyValue("check", name).setCause(failed.getCause()).log("health check broke");
            return new Check(Status.DOWN, millisSince(start));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            check.cancel(true);
            return new Check(Status.DOWN, millisSince(start));
        }
    }

    private static Check run(HealthCheck check) {
        long start = System.nanoTime();
        try {
            check.check();
            return new Check(Status.UP, millisSince(start));
        } catch (RuntimeException failed) {
            LOG.atWarn().addKeyValue("check", check.name()).setCause(failed).log("health check failed");
            return new Check(Status.DOWN, millisSince(start));
        }
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}
