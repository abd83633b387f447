package dev.plinth.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.functions.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ThreadTickerTest {
    private final Ticker ticker = new ThreadTicker();

    @Test
    void beatsUntilItIsClosed() {
        AtomicInteger beats = new AtomicInteger();
        try (Ticker.Ticking ticking = ticker.start(Duration.ofMillis(1), beats::incrementAndGet)) {
            Await.until(() -> beats.get() > 3);
            assertThat(ticking).isNotNull();
        }
        assertThat(leaseThreads()).isZero();
    }

    @Test
    void waitsAtItsEndForABeatThatIsUnderWay() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        Ticker.Ticking ticking = ticker.start(Duration.ofMillis(1), () -> {
            begun.countDown();
            await(goOn);
            done.set(true);
        });
        assertThat(begun.await(15, TimeUnit.SECONDS)).isTrue();
        Thread closing = new Thread(ticking::close);
        closing.start();
        Await.until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        assertThat(done).isFalse();

        goOn.countDown();
        closing.join();

        assertThat(done).isTrue();
        assertThat(leaseThreads()).isZero();
    }

    @Test
    void doesNotBeatWhenTheWorkIsShort() {
        AtomicInteger beats = new AtomicInteger();

        ticker.start(Duration.ofMinutes(1), beats::incrementAndGet).close();

        assertThat(beats).hasValue(0);
        assertThat(leaseThreads()).isZero();
    }

    private static long leaseThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("lease")).count();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(15, TimeUnit.SECONDS);
        } catch (InterruptedException given) {
            Thread.currentThread().interrupt();
        }
    }
}
