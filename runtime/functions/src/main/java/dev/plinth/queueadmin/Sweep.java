package dev.plinth.queueadmin;

import dev.plinth.functions.aws.AwsFailures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * One look through a queue. SQS shows a message only by giving it to somebody, and hides it from all others for a
 * while; at the end all are given back that are not gone. If this process does not come to that, they come back by
 * themselves.
 */
final class Sweep implements AutoCloseable {
    /** Longer than a request takes. */
    static final Duration HIDDEN = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /** The most that one call of SQS takes or gives. */
    private static final int BATCH = 10;

    /** With a wait SQS asks all of its servers, without one it asks a few, and can seem empty when it is not. */
    private static final int WAIT_SECONDS = 1;

    private final SqsClient sqs;
    private final String url;
    private final Map<String, Message> held = new LinkedHashMap<>();

    Sweep(SqsClient sqs, String url) {
        this.sqs = sqs;
        this.url = url;
    }

    /** Returns messages, as many as there are and no more than so many. */
    Collection<Message> first(int most) {
        while (held.size() < most && receive(Math.min(BATCH, most - held.size())) > 0) {
            // What was received is held; nothing more is to be done with it.
        }
        return held.values();
    }

    /** Returns the message of an id, when it is among so many. */
    Optional<Message> find(String id, int most) {
        while (!held.containsKey(id) && held.size() < most && receive(BATCH) > 0) {
            // As above.
        }
        return Optional.ofNullable(held.get(id));
    }

    private int receive(int most) {
        List<Message> received = AwsFailures.calling(() -> sqs.receiveMessage(ReceiveMessageRequest.builder()
                .queueUrl(url)
                .maxNumberOfMessages(most)
                .waitTimeSeconds(WAIT_SECONDS)
                .visibilityTimeout((int) HIDDEN.toSeconds())
                .messageSystemAttributeNames(MessageSystemAttributeName.SENT_TIMESTAMP,
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)
                .messageAttributeNames("All")
                .build())).messages();
        received.forEach(message -> held.put(message.messageId(), message));
        return received.size();
    }

    /** Deletes a message of this sweep. */
    void delete(Message message) {
        AwsFailures.calling(() -> sqs.deleteMessage(request -> request
                .queueUrl(url).receiptHandle(message.receiptHandle())));
        held.remove(message.messageId());
    }

    /** Gives back what is held. What SQS does not take back now is hidden for half a minute, and no failure. */
    @Override
    public void close() {
        List<Message> messages = new ArrayList<>(held.values());
        try {
            for (int from = 0; from < messages.size(); from += BATCH) {
                giveBack(messages.subList(from, Math.min(from + BATCH, messages.size())));
            }
        } catch (SdkException failed) {
            LOG.atWarn().setCause(failed).log("dead letters stay hidden for a while");
        }
    }

    private void giveBack(List<Message> messages) {
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
        for (Message message : messages) {
            entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(message.receiptHandle())
                    .visibilityTimeout(0)
                    .build());
        }
        sqs.changeMessageVisibilityBatch(request -> request.queueUrl(url).entries(entries));
    }
}
