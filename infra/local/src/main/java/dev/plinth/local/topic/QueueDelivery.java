package dev.plinth.local.topic;

import java.io.IOException;
import java.util.Map;

/** Puts messages into queues. Thread-safe. */
public interface QueueDelivery {
    /**
     * Tells whether the queue's policy lets SNS send to it for a topic.
     *
     * @param queueArn of a queue that need not exist
     */
    boolean isAllowed(String queueArn, String topicArn);

    /**
     * Sends a message.
     *
     * @throws IOException when the queue does not take it now
     */
    void send(String queueArn, String body, Map<String, Attribute> attributes) throws IOException, InterruptedException;
}
