package dev.plinth.outbox;

import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.AwsFailures;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** The queues in SQS. */
@Singleton
final class SqsQueues implements Queues {
    private static final Logger LOG = LoggerFactory.getLogger(SqsQueues.class);

    private final SqsClient sqs;
    private final Map<QueueName, String> urls = new EnumMap<>(QueueName.class);

    SqsQueues(SqsClient sqs, Environment environment) {
        this.sqs = sqs;
        for (QueueName queue : QueueName.values()) {
            urls.put(queue, environment.getRequiredProperty(queue.url().property(), String.class));
        }
    }

    @Override
    public Set<UUID> send(QueueName queue, List<Message> messages, Duration patience) {
        try {
            return sendTogether(queue, messages, patience);
        } catch (SdkException exception) {
            RuntimeException failure = AwsFailures.translate(exception);
            if (failure instanceof Failure) {
                throw failure;
            }
            if (messages.size() == 1) {
                LOG.atError().addKeyValue("outboxId", messages.get(0).id()).setCause(exception).log("event refused");
                return Set.of();
            }
        }
        // One of them spoils the batch; by themselves the others get through.
        Set<UUID> sent = new HashSet<>();
        messages.forEach(message -> sent.addAll(send(queue, List.of(message), patience)));
        return sent;
    }

    private Set<UUID> sendTogether(QueueName queue, List<Message> messages, Duration patience) {
        SendMessageBatchResponse answer = sqs.sendMessageBatch(request -> request
                .queueUrl(urls.get(queue))
                .entries(entries(messages))
                .overrideConfiguration(settings -> settings.apiCallTimeout(patience)));
        for (BatchResultErrorEntry refused : answer.failed()) {
            LOG.atError().addKeyValue("outboxId", refused.id()).addKeyValue("code", refused.code())
                    .log("event refused");
        }
        Set<UUID> sent = new HashSet<>();
        answer.successful().forEach(entry -> sent.add(UUID.fromString(entry.id())));
        return sent;
    }

    private static List<SendMessageBatchRequestEntry> entries(List<Message> messages) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (Message message : messages) {
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(message.id().toString())
                    .messageBody(message.body())
                    .build());
        }
        return entries;
    }
}
