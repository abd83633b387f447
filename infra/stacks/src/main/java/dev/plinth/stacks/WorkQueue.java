package dev.plinth.stacks;

import dev.plinth.contract.Service;
import java.util.List;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.amazon.awscdk.services.sqs.RedriveAllowPolicy;
import software.amazon.awscdk.services.sqs.RedrivePermission;
import software.constructs.Construct;

/**
 * Work for one service: a queue, and another for messages that failed five times. Encrypted, over TLS only, and a
 * message is hidden for long enough that its consumer is done with it, or dead.
 */
final class WorkQueue extends Construct {
    private static final int ATTEMPTS = 5;

    /** AWS advises six times the function's timeout (Lambda Developer Guide, "Using Lambda with Amazon SQS"). */
    private static final int TIMEOUTS = 6;

    private final Service consumer;
    private final int batch;
    private final int concurrency;
    private final Queue queue;
    private final Queue deadLetters;

    /**
     * Takes the service that takes the work.
     *
     * @param batch       the most messages of one delivery: few, so that they end within the function's timeout
     * @param concurrency the most deliveries at once
     */
    record Props(Service consumer, Stage stage, int batch, int concurrency) {
        Props {
            // Lambda takes from 2 to 1,000 and would refuse the rest while it deploys.
            if (batch < 1 || concurrency < 2 || concurrency > 1_000) {
                throw new IllegalArgumentException(consumer + " cannot take " + concurrency + " batches of " + batch);
            }
        }

        /** Takes an event's consumer: five messages at once, and as many deliveries as the stage lets it have. */
        static Props events(Service consumer, Stage stage) {
            // Not more than may run, or messages would count as received that nobody saw.
            return new Props(consumer, stage, 5, stage.sizes().concurrencyOf(consumer).orElse(5));
        }

        /** Takes a worker of long jobs: one at a time, since a batch is over only when its last message is. */
        static Props jobs(Service consumer, Stage stage) {
            return new Props(consumer, stage, 1, stage.sizes().jobs());
        }
    }

    WorkQueue(Construct scope, String id, Props props) {
        super(scope, id);
        this.consumer = props.consumer();
        this.batch = props.batch();
        this.concurrency = props.concurrency();
        // Named, since the dead-letter queue names the queue whose messages it takes, and that one names it.
        String name = props.stage().physicalName() + "-" + consumer.environment();
        IQueue source = Queue.fromQueueArn(this, "Source",
                Stack.of(this).formatArn(ArnComponents.builder().service("sqs").resource(name).build()));
        this.deadLetters = Queue.Builder.create(this, "DeadLetters")
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .redriveAllowPolicy(RedriveAllowPolicy.builder()
                        .redrivePermission(RedrivePermission.BY_QUEUE).sourceQueues(List.of(source)).build())
                .removalPolicy(props.stage().removalPolicy())
                .build();
        this.queue = Queue.Builder.create(this, "Queue")
                .queueName(name)
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .visibilityTimeout(Duration.seconds(
                        TIMEOUTS * ServiceFunction.timeoutOf(consumer).toSeconds().intValue()))
                .retentionPeriod(Duration.days(4))
                .deadLetterQueue(DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(ATTEMPTS).build())
                .removalPolicy(props.stage().removalPolicy())
                .build();
    }

    /** Allows to put work into the queue. */
    void grantSend(IGrantable grantee) {
        grant(grantee, queue, "sqs:SendMessage");
    }

    /** Allows the consumer to keep a message hidden for as long as it works on it, or to give it back early. */
    void grantHolding(IGrantable grantee) {
        grant(grantee, queue, "sqs:ChangeMessageVisibility");
    }

    /** Allows the consumer to bury a message that no attempt can cure, with the reason. */
    void grantBurial(IGrantable grantee) {
        grant(grantee, deadLetters, "sqs:SendMessage");
    }

    /**
     * Allows to see how much waits, to read dead letters and give them back, to delete them, and to have SQS move them:
     * it reads, sends and deletes as whoever asks for it.
     */
    void grantAdministration(IGrantable grantee) {
        grant(grantee, queue, "sqs:GetQueueAttributes", "sqs:SendMessage");
        grant(grantee, deadLetters, "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:DeleteMessage",
                "sqs:ChangeMessageVisibility", "sqs:StartMessageMoveTask", "sqs:ListMessageMoveTasks");
    }

    /** Lets batches of messages start the consumer's function, which answers by message what failed. */
    void start(ServiceFunction function) {
        grant(function, queue, "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");
        CfnEventSourceMapping mapping = CfnEventSourceMapping.Builder.create(function, "Messages")
                .eventSourceArn(queue.getQueueArn())
                .functionName(function.live().getFunctionArn())
                .batchSize(batch)
                .functionResponseTypes(List.of("ReportBatchItemFailures"))
                .scalingConfig(CfnEventSourceMapping.ScalingConfigProperty.builder()
                        .maximumConcurrency(concurrency).build())
                .build();
        // Lambda checks the role when the mapping is made.
        mapping.getNode().addDependency(function.role());
    }

    private static void grant(IGrantable grantee, Queue queue, String... actions) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(grantee).actions(List.of(actions)).resourceArns(List.of(queue.getQueueArn())).build());
    }

    Service consumer() {
        return consumer;
    }

    String url() {
        return queue.getQueueUrl();
    }

    String deadLettersUrl() {
        return deadLetters.getQueueUrl();
    }

    Queue queue() {
        return queue;
    }

    Queue deadLetters() {
        return deadLetters;
    }
}
