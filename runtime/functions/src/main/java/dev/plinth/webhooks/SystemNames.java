package dev.plinth.webhooks;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The names that this machine can resolve. The resolver has no timeout of its own, and whoever runs the name server of
 * a webhook's host decides how long it takes: so it works on a few threads beside, and nobody waits longer than this.
 */
@Singleton
final class SystemNames implements Names {
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    /** What hangs, hangs here: more at once are refused. */
    private static final int MOST_AT_ONCE = 8;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, MOST_AT_ONCE, 10, TimeUnit.SECONDS,
            new SynchronousQueue<>(), task -> {
        Thread thread = new Thread(task, "names");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public List<InetAddress> addresses(String host) throws UnknownHostException {
        try {
            Future<InetAddress[]> found = threads.submit(() -> InetAddress.getAllByName(host));
            return List.of(found.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException | RejectedExecutionException notFound) {
            throw new UnknownHostException("The host was not found in time.");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("Nobody waits for the host any more.");
        }
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}
