package dev.plinth.jobs;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Beats on a daemon thread of its own for each work. A thread that outlived its work would, in a process that Lambda
 * froze and thaws, extend a lease that nobody works under; so the end of the work waits for it.
 */
final class ThreadTicker implements Ticker {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadTicker.class);

    /** The longest call of a client of ours, and a little. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    @Override
    public Ticking start(Duration interval, Runnable beat) {
        CountDownLatch stop = new CountDownLatch(1);
        Thread thread = new Thread(() -> beatUntil(stop, interval, beat), "lease");
        thread.setDaemon(true);
        thread.start();
        return () -> {
            stop.countDown();
            join(thread);
        };
    }

    private static void beatUntil(CountDownLatch stop, Duration interval, Runnable beat) {
        try {
            while (!stop.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                beat.run();
            }
        } catch (InterruptedException given) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(PATIENCE.toMillis());
            if (thread.isAlive()) {
                LOG.atError().log("lease thread interrupted");
                thread.interrupt();
                thread.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException given) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
