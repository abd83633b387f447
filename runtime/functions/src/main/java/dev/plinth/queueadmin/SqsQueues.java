package dev.plinth.queueadmin;

import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.QUEUE_ARN;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.AwsFailures;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskRequest;
import software.amazon.awssdk.services.sqs.model.UnsupportedOperationException;

/** The queues in SQS. */
@Singleton
final class SqsQueues implements Queues {
    /**
     * The attributes by which a worker says why it gave a message up. They say nothing once it is to be tried again.
     */
    private static final String REASON = "reason";
    private static final String ATTEMPTS = "attempts";
    private static final String FAILED_AT = "failedAt";
    private static final Set<String> VERDICT = Set.of(REASON, ATTEMPTS, FAILED_AT);

    /** A move that has not ended (Amazon SQS API Reference, ListMessageMoveTasks). */
    private static final Set<String> UNDER_WAY = Set.of("RUNNING", "CANCELLING");

    private final SqsClient sqs;
    private final QueueUrls urls;

    SqsQueues(SqsClient sqs, QueueUrls urls) {
        this.sqs = sqs;
        this.urls = urls;
    }

    @Override
    public Depths depths(QueueName queue) {
        Map<QueueAttributeName, String> living = attributes(urls.of(queue));
        Map<QueueAttributeName, String> dead = attributes(urls.ofDeadLetters(queue));
        return new Depths(
                number(living, APPROXIMATE_NUMBER_OF_MESSAGES),
                number(living, APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
                number(living, APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED),
                number(dead, APPROXIMATE_NUMBER_OF_MESSAGES) + number(dead, APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
                        + number(dead, APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
    }

    @Override
    public Optional<Move> latestMove(QueueName queue) {
        return latestTask(arn(urls.ofDeadLetters(queue))).map(task -> new Move(
                task.status(),
                Optional.ofNullable(task.approximateNumberOfMessagesMoved()).orElse(0L),
                Optional.ofNullable(task.approximateNumberOfMessagesToMove()),
                Optional.ofNullable(task.startedTimestamp()).map(Instant::ofEpochMilli),
                Optional.ofNullable(task.failureReason())));
    }

    @Override
    public List<DeadLetter> deadLetters(QueueName queue, int most) {
        try (Sweep sweep = new Sweep(sqs, urls.ofDeadLetters(queue))) {
            return sweep.first(most).stream().map(SqsQueues::deadLetter).toList();
        }
    }

    @Override
    public void delete(QueueName queue, String id) {
        try (Sweep sweep = new Sweep(sqs, urls.ofDeadLetters(queue))) {
            sweep.delete(sweep.find(id, SEARCHED).orElseThrow(SqsQueues::notFound));
        }
    }

    /** In this order: whoever dies in between leaves the message in both queues, and never in none. */
    @Override
    public void redrive(QueueName queue, String id) {
        try (Sweep sweep = new Sweep(sqs, urls.ofDeadLetters(queue))) {
            Message message = sweep.find(id, SEARCHED).orElseThrow(SqsQueues::notFound);
            Map<String, MessageAttributeValue> attributes = new HashMap<>(message.messageAttributes());
            attributes.keySet().removeAll(VERDICT);
            AwsFailures.calling(() -> sqs.sendMessage(request -> request
                    .queueUrl(urls.of(queue)).messageBody(message.body()).messageAttributes(attributes)));
            sweep.delete(message);
        }
    }

    /**
     * Names the destination, though SQS knows where a message came from that it moved by itself: of one that a worker
     * sent to the dead-letter queue it does not, and the move would fail.
     */
    @Override
    public void redriveAll(QueueName queue, Optional<Integer> perSecond) {
        String source = arn(urls.ofDeadLetters(queue));
        if (latestTask(source).filter(task -> UNDER_WAY.contains(task.status())).isPresent()) {
            throw underWay(queue, null);
        }
        StartMessageMoveTaskRequest request = StartMessageMoveTaskRequest.builder()
                .sourceArn(source)
                .destinationArn(arn(urls.of(queue)))
                .maxNumberOfMessagesPerSecond(perSecond.orElse(null))
                .build();
        try {
            AwsFailures.calling(() -> sqs.startMessageMoveTask(request));
        } catch (UnsupportedOperationException another) {
            // Somebody was faster since the question above; a queue has one move at a time.
            throw underWay(queue, another);
        }
    }

    private Optional<ListMessageMoveTasksResultEntry> latestTask(String deadLettersArn) {
        return AwsFailures.calling(() -> sqs.listMessageMoveTasks(request -> request
                .sourceArn(deadLettersArn).maxResults(1))).results().stream().findFirst();
    }

    private String arn(String url) {
        return attributes(url).get(QUEUE_ARN);
    }

    private Map<QueueAttributeName, String> attributes(String url) {
        return AwsFailures.calling(() -> sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(
                QUEUE_ARN, APPROXIMATE_NUMBER_OF_MESSAGES, APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))).attributes();
    }

    private static DeadLetter deadLetter(Message message) {
        Map<MessageSystemAttributeName, String> attributes = message.attributes();
        return new DeadLetter(message.messageId(),
                Instant.ofEpochMilli(Long.parseLong(attributes.get(MessageSystemAttributeName.SENT_TIMESTAMP))),
                Integer.parseInt(attributes.get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)),
                text(message, REASON), text(message, ATTEMPTS), text(message, FAILED_AT), message.body());
    }

    private static Optional<String> text(Message message, String attribute) {
        return Optional.ofNullable(message.messageAttributes().get(attribute)).map(MessageAttributeValue::stringValue);
    }

    private static long number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
        return Long.parseLong(attributes.getOrDefault(name, "0"));
    }

    private static Failure notFound() {
        return new Failure(Kind.NOT_FOUND, "There is no such dead letter among the first " + SEARCHED
                + ". One that somebody else is looking at is hidden for half a minute at most.");
    }

    private static Failure underWay(QueueName queue, Throwable cause) {
        return new Failure(Kind.CONFLICT,
                "The dead letters of " + queue.text() + " are being sent back already.", cause);
    }
}
