package dev.plinth.local.queue;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The figures that SQS reports of its queues. The engine tells depths and no ages, so this looks every second which
 * queues have messages: the age of the oldest is the time since its queue was last seen empty. That is exact until the
 * oldest message goes and others stay, and afterwards more than the truth. Thread-safe.
 */
public final class QueueMetrics implements Closeable {
    private static final String AGE = "ApproximateAgeOfOldestMessage";
    private static final String VISIBLE = "ApproximateNumberOfMessagesVisible";
    private static final String IN_FLIGHT = "ApproximateNumberOfMessagesNotVisible";
    private static final String DELAYED = "ApproximateNumberOfMessagesDelayed";

    /** The names of the figures, as CloudWatch has them in the namespace {@code AWS/SQS}. */
    public static final Set<String> NAMES = Set.of(AGE, VISIBLE, IN_FLIGHT, DELAYED);

    private static final Duration STEP = Duration.ofSeconds(1);

    private final Queues queues;
    private final Clock clock;
    private final Map<String, Instant> filledSince = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "metrics of queues");
        thread.setDaemon(true);
        return thread;
    });

    public QueueMetrics(Queues queues, Clock clock) {
        this.queues = queues;
        this.clock = clock;
    }

    /** Begins to look. */
    public void start() {
        looking.scheduleWithFixedDelay(this::lookQuietly, 0, STEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns the figures of every queue as they are now, by the queue's name and by those of {@link #NAMES}. */
    public Map<String, Map<String, Double>> now() throws IOException, InterruptedException {
        Map<String, Map<String, Double>> figures = new HashMap<>();
        for (Queues.View view : look()) {
            figures.put(view.queue().name(), Map.of(
                    AGE, age(view.queue()),
                    VISIBLE, (double) view.waiting(),
                    IN_FLIGHT, (double) view.inFlight(),
                    DELAYED, (double) view.delayed()));
        }
        return figures;
    }

    private double age(Queue queue) {
        Instant since = filledSince.get(queue.arn());
        return since == null ? 0 : Duration.between(since, clock.instant()).toSeconds();
    }

    /** One at a time: what an earlier look saw must not overwrite what a later one has noted. */
    private synchronized List<Queues.View> look() throws IOException, InterruptedException {
        List<Queues.View> views = queues.views();
        for (Queues.View view : views) {
            if (view.waiting() + view.inFlight() + view.delayed() == 0) {
                filledSince.remove(view.queue().arn());
            } else {
                filledSince.putIfAbsent(view.queue().arn(), clock.instant());
            }
        }
        return views;
    }

    private void lookQuietly() {
        try {
            look();
        } catch (IOException engineBusyOrEnding) {
            // The next look is a second away, and whoever asks meanwhile is told.
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
