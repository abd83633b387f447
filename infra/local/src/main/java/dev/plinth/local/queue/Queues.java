package dev.plinth.local.queue;

import dev.plinth.local.engine.SqsQueues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The queues of the laptop's cloud, by ARN. Thread-safe. */
public final class Queues {
    private final SqsQueues engine;
    private final Map<String, Queue> queues = new ConcurrentSkipListMap<>();

    public Queues(SqsQueues engine) {
        this.engine = engine;
    }

    /**
     * A queue with the numbers of its messages, for the console page.
     *
     * @param waiting  messages that can be received
     * @param inFlight messages that were received and neither deleted nor given back
     * @param delayed  messages that cannot be received yet
     */
    public record View(Queue queue, long waiting, long inFlight, long delayed) {
    }

    public void add(Queue queue) {
        queues.put(queue.arn(), queue);
    }

    public void remove(Queue queue) {
        queues.remove(queue.arn());
    }

    public Optional<Queue> find(String arn) {
        return Optional.ofNullable(queues.get(arn));
    }

    public Collection<Queue> all() {
        return List.copyOf(queues.values());
    }

    /** Returns the queues with their numbers as the engine has them now. */
    public List<View> views() throws IOException, InterruptedException {
        List<View> views = new ArrayList<>();
        for (Queue queue : queues.values()) {
            Map<String, String> attributes = engine.attributes(queue.url());
            views.add(new View(queue, number(attributes, "ApproximateNumberOfMessages"),
                    number(attributes, "ApproximateNumberOfMessagesNotVisible"),
                    number(attributes, "ApproximateNumberOfMessagesDelayed")));
        }
        return views;
    }

    private static long number(Map<String, String> attributes, String name) {
        return Long.parseLong(attributes.getOrDefault(name, "0"));
    }
}
