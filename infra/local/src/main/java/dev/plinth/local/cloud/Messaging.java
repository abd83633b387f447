package dev.plinth.local.cloud;

import dev.plinth.local.door.Account;
import dev.plinth.local.door.Door;
import dev.plinth.local.engine.SqsEngine;
import dev.plinth.local.engine.SqsQueues;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.queue.Queues;
import dev.plinth.local.stack.ResourceKind;
import dev.plinth.local.topic.QueueDelivery;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** SQS and what queues start: present only where templates have queues. */
final class Messaging implements Closeable {
    static final String QUEUE = "AWS::SQS::Queue";
    private static final String QUEUE_POLICY = "AWS::SQS::QueuePolicy";

    private final Queues queues;
    private final SqsQueues engine;
    private final QueueResources queueResources;
    private final EventSourceResources eventSources;

    private Messaging(Queues queues, SqsQueues engine, QueueResources queueResources, EventSourceResources eventSources) {
        this.queues = queues;
        this.engine = engine;
        this.queueResources = queueResources;
        this.eventSources = eventSources;
    }

    /** Waits until the engine serves, and opens the door to it. */
    static Messaging over(SqsEngine engine, Account account, Door door, FunctionResources functions, IamResources iam,
                          Journal journal, Progress progress) {
        URI url = engine.url();
        SqsQueues engineQueues = new SqsQueues(url);
        Queues queues = new Queues(engineQueues);
        QueueResources queueResources = new QueueResources(account, engineQueues, queues);
        door.openSqs(account, url, queueResources::policyOf);
        progress.step("ElasticMQ serves");
        return new Messaging(queues, engineQueues, queueResources, new EventSourceResources(
                functions, iam, queues, engineQueues, account.region(), journal, progress));
    }

    Map<String, LaptopCloud.Creator> creators() {
        return Map.of(
                QUEUE, queueResources::createQueue,
                QUEUE_POLICY, queueResources::createPolicy,
                "AWS::Lambda::EventSourceMapping", eventSources::create);
    }

    /** Returns how programs deploy what this has, by type. */
    Map<String, ResourceKind> kinds() {
        return Map.of(QUEUE, queueResources.queueKind(), QUEUE_POLICY, queueResources.policyKind());
    }

    Queues queues() {
        return queues;
    }

    /** Returns how topics reach the queues. */
    QueueDelivery delivery() {
        return new TopicToQueue(queues, engine, queueResources);
    }

    /** Lets messages start functions. */
    void start() {
        eventSources.start();
    }

    @Override
    public void close() throws IOException {
        eventSources.close();
    }
}
