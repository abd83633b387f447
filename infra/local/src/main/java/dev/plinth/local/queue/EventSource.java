package dev.plinth.local.queue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.local.engine.SqsQueues;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.lambda.FunctionPool;
import dev.plinth.local.lambda.Outcome;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Gives the messages of a queue to a function, batch by batch. What the function does not get done stays in the queue,
 * hidden until its visibility timeout has passed. Each poller waits in SQS for messages, so that one that is sent reaches
 * the function at once.
 */
public final class EventSource implements Closeable {
    /** How long a poller rests when the queue does not answer. */
    private static final Duration REST = Duration.ofMillis(500);
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(5);

    private final Queue queue;
    private final FunctionPool function;
    private final Settings settings;
    private final SqsQueues engine;
    private final Journal journal;
    private final Consumer<String> log;
    private final List<Thread> pollers = new ArrayList<>();
    private volatile boolean closed;

    /**
     * How messages are given to a function.
     *
     * @param batchSize      the most messages of a batch
     * @param window         how long to wait for a batch to fill; zero to take what is there
     * @param concurrency    the most batches at once
     * @param partialFailure whether the function's answer names the messages that failed
     * @param region         for the event
     */
    public record Settings(int batchSize, Duration window, int concurrency, boolean partialFailure, String region) {
    }

    private EventSource(Queue queue, FunctionPool function, Settings settings, SqsQueues engine, Journal journal,
                        Consumer<String> log) {
        this.queue = queue;
        this.function = function;
        this.settings = settings;
        this.engine = engine;
        this.journal = journal;
        this.log = log;
    }

    /**
     * Starts the pollers.
     *
     * @param log takes a line for the person at the laptop: what went wrong with a batch
     */
    public static EventSource start(Queue queue, FunctionPool function, Settings settings, SqsQueues engine, Journal journal,
                                    Consumer<String> log) {
        EventSource source = new EventSource(queue, function, settings, engine, journal, log);
        for (int i = 0; i < settings.concurrency(); i++) {
            Thread poller = new Thread(source::poll, "poller " + (i + 1) + " of " + queue.name());
            poller.setDaemon(true);
            source.pollers.add(poller);
        }
        source.pollers.forEach(Thread::start);
        return source;
    }

    private void poll() {
        try {
            while (!closed) {
                try {
                    MessageBatch batch = new MessageBatch(collect());
                    if (!batch.messages().isEmpty()) {
                        handle(batch);
                    }
                } catch (IOException e) {
                    if (!closed) {
                        log.accept("The queue " + queue.name() + " cannot be polled: " + e.getMessage());
                        TimeUnit.NANOSECONDS.sleep(REST.toNanos());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<JsonNode> collect() throws IOException, InterruptedException {
        List<JsonNode> messages = new ArrayList<>(receive(settings.batchSize(), SqsQueues.LONGEST_WAIT));
        if (messages.isEmpty() || settings.window().isZero()) {
            return messages;
        }
        long end = System.nanoTime() + settings.window().toNanos();
        while (messages.size() < settings.batchSize()) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (left.isNegative()) {
                break;
            }
            // SQS waits whole seconds, so the last part of one is slept through.
            Duration wait = left.toSeconds() > 0 ? Duration.ofSeconds(left.toSeconds()) : Duration.ZERO;
            if (wait.isZero()) {
                TimeUnit.NANOSECONDS.sleep(left.toNanos());
            }
            messages.addAll(receive(settings.batchSize() - messages.size(),
                    wait.compareTo(SqsQueues.LONGEST_WAIT) > 0 ? SqsQueues.LONGEST_WAIT : wait));
        }
        return messages;
    }

    private List<JsonNode> receive(int most, Duration wait) throws IOException, InterruptedException {
        return engine.receive(queue.url(), Math.min(most, SqsQueues.LARGEST_CALL), wait);
    }

    private void handle(MessageBatch batch) throws IOException, InterruptedException {
        long started = System.nanoTime();
        Outcome outcome = function.invoke(batch.event(queue.arn(), settings.region()));
        double millis = (System.nanoTime() - started) / 1e6;
        int size = batch.messages().size();
        try {
            List<String> succeeded = succeeded(batch, outcome);
            engine.delete(queue.url(), succeeded);
            note(size, succeeded.size() + " done, " + (size - succeeded.size()) + " given back", millis);
        } catch (MessageBatch.MalformedAnswerException e) {
            String reason = e.getMessage().lines().findFirst().orElse("");
            log.accept(size + " of queue " + queue.name() + " given back: " + reason);
            note(size, "all given back: " + reason, millis);
        }
    }

    private List<String> succeeded(MessageBatch batch, Outcome outcome) throws MessageBatch.MalformedAnswerException {
        if (outcome instanceof Outcome.Failed failed) {
            throw new MessageBatch.MalformedAnswerException(failed.reason());
        }
        return settings.partialFailure() ? batch.succeeded(((Outcome.Answered) outcome).payload()) : batch.allReceipts();
    }

    private void note(int size, String result, double millis) {
        journal.add(new Journal.Invocation(Instant.now(), size + " of queue " + queue.name(), function.function().name(),
                result, millis));
    }

    /** Ends the pollers. A batch at work is given up; its messages come again, as after a crash. */
    @Override
    public void close() throws IOException {
        closed = true;
        pollers.forEach(Thread::interrupt);
        try {
            for (Thread poller : pollers) {
                poller.join(LONGEST_FAREWELL.toMillis());
                if (poller.isAlive()) {
                    throw new IOException("The " + poller.getName() + " did not end");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
