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

    /** Few, so that what one delivery takes ends within the function's timeout. */
    private static final int BATCH = 5;

    /** Where the stage sets no bound. */
    private static final int CONCURRENCY = 5;

    private final Service consumer;
    private final int concurrency;
    private final Queue queue;
    private final Queue deadLetters;

    /** Takes the service that takes the work. */
    record Props(Service consumer, Stage stage) {
    }

    WorkQueue(Construct scope, String id, Props props) {
        super(scope, id);
        this.consumer = props.consumer();
        // Not more than may run, or messages would count as received that nobody saw.
        this.concurrency = props.stage().sizes().concurrencyOf(consumer).orElse(CONCURRENCY);
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
        grant(grantee, List.of("sqs:SendMessage"));
    }

    /** Lets batches of messages start the consumer's function, which answers by message what failed. */
    void start(ServiceFunction function) {
        grant(function, List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"));
        CfnEventSourceMapping mapping = CfnEventSourceMapping.Builder.create(function, "Messages")
                .eventSourceArn(queue.getQueueArn())
                .functionName(function.live().getFunctionArn())
                .batchSize(BATCH)
                .functionResponseTypes(List.of("ReportBatchItemFailures"))
                .scalingConfig(CfnEventSourceMapping.ScalingConfigProperty.builder()
                        .maximumConcurrency(concurrency).build())
                .build();
        // Lambda checks the role when the mapping is made.
        mapping.getNode().addDependency(function.role());
    }

    private void grant(IGrantable grantee, List<String> actions) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(grantee).actions(actions).resourceArns(List.of(queue.getQueueArn())).build());
    }

    Service consumer() {
        return consumer;
    }

    String url() {
        return queue.getQueueUrl();
    }

    Queue queue() {
        return queue;
    }

    Queue deadLetters() {
        return deadLetters;
    }
}
