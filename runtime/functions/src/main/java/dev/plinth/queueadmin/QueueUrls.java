package dev.plinth.queueadmin;

import java.util.Map;

/** The URLs of queues and of their dead-letter queues in this stage. */
record QueueUrls(Map<QueueName, String> queues, Map<QueueName, String> deadLetters) {
    QueueUrls {
        queues = Map.copyOf(queues);
        deadLetters = Map.copyOf(deadLetters);
    }

    String of(QueueName queue) {
        return queues.get(queue);
    }

    String ofDeadLetters(QueueName queue) {
        return deadLetters.get(queue);
    }
}
