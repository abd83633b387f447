package dev.plinth.local.queue;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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
    /** The names of the figures, as CloudWatch has them in the namespace {@code AWS/SQS}. */
    public static final Set<String> NAMES = Set.of("ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible",
            "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed");

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

    /**
     * Returns a figure as it is now; empty where there is no such queue.
     *
     * @param metric one of {@link #NAMES}
     */
    public Optional<Double> value(String queue, String metric) throws IOException, InterruptedException {
        for (Queues.View view : look()) {
            if (view.queue().name().equals(queue)) {
                return Optional.of(value(view, metric));
            }
        }
        return Optional.empty();
    }

    private double value(Queues.View view, String metric) {
        return switch (metric) {
            case "ApproximateAgeOfOldestMessage" -> age(view.queue());
            case "ApproximateNumberOfMessagesVisible" -> view.waiting();
            case "ApproximateNumberOfMessagesNotVisible" -> view.inFlight();
            case "ApproximateNumberOfMessagesDelayed" -> view.delayed();
            default -> throw new IllegalArgumentException("No figure " + metric + ". There are " + NAMES + ".");
        };
    }

    private double age(Queue queue) {
        Instant since = filledSince.get(queue.arn());
        return since == null ? 0 : Duration.between(since, clock.instant()).toSeconds();
    }

    private Iterable<Queues.View> look() throws IOException, InterruptedException {
        Iterable<Queues.View> views = queues.views();
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
