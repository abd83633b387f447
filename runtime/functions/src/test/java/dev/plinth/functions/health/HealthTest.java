package dev.plinth.functions.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.functions.health.Health.Report;
import dev.plinth.functions.health.Health.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration GENEROUS = Duration.ofSeconds(20);

    @Test
    void isUpWhenEveryCheckReturns() {
        Report report = report(GENEROUS, check("b", () -> { }), check("a", () -> { }));

        assertThat(report.status()).isEqualTo(Status.UP);
        assertThat(report.checks()).containsOnlyKeys("a", "b")
                .allSatisfy((name, check) -> assertThat(check.status()).isEqualTo(Status.UP));
        assertThat(report.checks().keySet()).containsExactly("a", "b");
    }

    @Test
    void isUpWhenThereIsNothingToCheck() {
        assertThat(report(GENEROUS).status()).isEqualTo(Status.UP);
    }

    @Test
    void isDownWhenOneCheckThrowsAndStillTellsTheOthers() {
        Report report = report(GENEROUS, check("good", () -> { }), check("bad", () -> {
            throw new IllegalStateException("secret");
        }), check("broken", () -> {
            throw new AssertionError("secret");
        }));

        assertThat(report.status()).isEqualTo(Status.DOWN);
        assertThat(report.checks().get("good").status()).isEqualTo(Status.UP);
        assertThat(report.checks().get("bad").status()).isEqualTo(Status.DOWN);
        assertThat(report.checks().get("broken").status()).isEqualTo(Status.DOWN);
        assertThat(report.toString()).doesNotContain("secret");
    }

    @Test
    void givesUpOnACheckThatDoesNotAnswerAndInterruptsIt() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);

        Health health = new Health(List.of(check("stuck", () -> {
            try {
                never.await();
            } catch (InterruptedException expected) {
                interrupted.countDown();
            }
        }), check("good", () -> { })), Duration.ofMillis(100), Clock.systemUTC());
        Report report = health.report();

        assertThat(report.status()).isEqualTo(Status.DOWN);
        assertThat(report.checks().get("stuck").status()).isEqualTo(Status.DOWN);
        assertThat(report.checks().get("stuck").latencyMs()).isGreaterThanOrEqualTo(100);
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).as("interrupted before the health is closed").isTrue();
        health.close();
    }

    @Test
    void runsTheChecksAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        Runnable meet = () -> {
            both.countDown();
            try {
                if (!both.await(20, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("The other check did not start.");
                }
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        };

        assertThat(report(GENEROUS, check("a", meet), check("b", meet)).status()).isEqualTo(Status.UP);
    }

    @Test
    void tellsAReportAgainForASecondAndThenChecksAnew() {
        AtomicInteger checked = new AtomicInteger();
        AtomicReference<Instant> now = new AtomicReference<>(NOON);
        Health health = new Health(List.of(check("a", () -> {
            if (checked.incrementAndGet() > 1) {
                throw new IllegalStateException("down by now");
            }
        })), GENEROUS, clock(now::get));

        Report first = health.report();
        now.set(NOON.plusMillis(999));
        assertThat(health.report()).isSameAs(first);
        now.set(NOON.plusMillis(1000));
        assertThat(health.report().status()).isEqualTo(Status.DOWN);
        now.set(NOON.minusMillis(1));
        health.report();
        assertThat(checked.get()).as("also when the clock was put back").isEqualTo(3);
        health.close();
    }

    @Test
    void answersAFloodByOneCheck() throws Exception {
        AtomicInteger checked = new AtomicInteger();
        Health health = new Health(List.of(check("a", checked::incrementAndGet)), GENEROUS,
                Clock.fixed(NOON, ZoneOffset.UTC));
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Report>> reports =
                    callers.invokeAll(Collections.nCopies(200, health::report));
            for (Future<Report> report : reports) {
                assertThat(report.get().status()).isEqualTo(Status.UP);
            }
        } finally {
            callers.shutdownNow();
            health.close();
        }
        assertThat(checked.get()).isEqualTo(1);
    }

    private static Report report(Duration deadline, HealthCheck... checks) {
        Health health = new Health(List.of(checks), deadline, Clock.systemUTC());
        try {
            return health.report();
        } finally {
            health.close();
        }
    }

    private static Clock clock(InstantSource source) {
        return new Clock() {
            @Override
            public Instant instant() {
                return source.instant();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    private static HealthCheck check(String name, Runnable check) {
        return new HealthCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void check() {
                check.run();
            }
        };
    }
}
