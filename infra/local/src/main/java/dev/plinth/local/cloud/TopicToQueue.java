package dev.plinth.local.cloud;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.engine.SqsQueues;
import dev.plinth.local.queue.Queue;
import dev.plinth.local.queue.Queues;
import dev.plinth.local.topic.Attribute;
import dev.plinth.local.topic.QueueDelivery;
import java.io.IOException;
import java.util.Map;

/** Takes what a topic sends to ElasticMQ, where the policy of the queue lets it. */
final class TopicToQueue implements QueueDelivery {
    /** For templates without a queue. */
    static final QueueDelivery NONE = new QueueDelivery() {
        @Override
        public boolean isAllowed(String queueArn, String topicArn) {
            return false;
        }

        @Override
        public void send(String queueArn, String body, Map<String, Attribute> attributes) throws IOException {
            throw missing(queueArn);
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SNS = "sns.amazonaws.com";
    /** SQS takes no more, and SNS then sends a raw message without any of them. */
    private static final int MOST_ATTRIBUTES = 10;

    private final Queues queues;
    private final SqsQueues engine;
    private final QueueResources policies;

    TopicToQueue(Queues queues, SqsQueues engine, QueueResources policies) {
        this.queues = queues;
        this.engine = engine;
        this.policies = policies;
    }

    @Override
    public boolean isAllowed(String queueArn, String topicArn) {
        return policies.maySend(queueArn, SNS, topicArn);
    }

    @Override
    public void send(String queueArn, String body, Map<String, Attribute> attributes)
            throws IOException, InterruptedException {
        Queue queue = queues.find(queueArn).orElse(null);
        if (queue == null) {
            throw missing(queueArn);
        }
        ObjectNode nodes = JSON.createObjectNode();
        if (attributes.size() <= MOST_ATTRIBUTES) {
            attributes.forEach((name, attribute) -> nodes.putObject(name).put("DataType", attribute.type())
                    .put(attribute.type().startsWith("Binary") ? "BinaryValue" : "StringValue", attribute.value()));
        }
        engine.send(queue.url(), body, nodes);
    }

    private static IOException missing(String queueArn) {
        return new IOException("There is no queue " + queueArn);
    }
}
