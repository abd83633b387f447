package dev.plinth.functions.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.functions.health.Health.Report;
import dev.plinth.functions.health.Health.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HealthTest {
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
        }), check("good", () -> { })), Duration.ofMillis(100));
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

    private static Report report(Duration deadline, HealthCheck... checks) {
        Health health = new Health(List.of(checks), deadline);
        try {
            return health.report();
        } finally {
            health.close();
        }
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
