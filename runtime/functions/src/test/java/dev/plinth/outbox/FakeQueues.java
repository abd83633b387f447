package dev.plinth.outbox;

import dev.plinth.contract.Setting;
import dev.plinth.functions.aws.FakeAws;
import io.micronaut.json.tree.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Answers as SQS does, and keeps the messages. */
public final class FakeQueues implements FakeAws.Answering {
    /** The settings by which a function knows these queues. */
    public static final Map<String, String> VARIABLES = Map.of(
            Setting.IDENTITY_EVENTS_QUEUE_URL.variable(), "https://sqs.eu-central-1.amazonaws.com/1/identity",
            Setting.TODOS_EVENTS_QUEUE_URL.variable(), "https://sqs.eu-central-1.amazonaws.com/1/todos",
            Setting.STUDIO_EVENTS_QUEUE_URL.variable(), "https://sqs.eu-central-1.amazonaws.com/1/studio");

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private volatile Runnable beforeAnswer = () -> { };
    private volatile boolean down;
    private volatile Predicate<String> poison = body -> false;
    private volatile Predicate<String> spoilsTheBatch = body -> false;

    /** Returns the messages so far, each after the last part of its queue's URL, for example {@code todos {...}}. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    public void forget() {
        messages.clear();
    }

    /** Answers 503 from now on. */
    public void down() {
        down = true;
    }

    /** Answers as usual from now on. */
    public void working() {
        down = false;
        poison = body -> false;
        spoilsTheBatch = body -> false;
        beforeAnswer = () -> { };
    }

    /** Refuses some messages, and takes the others of their batch. */
    public void refusing(Predicate<String> bodies) {
        poison = bodies;
    }

    /** Refuses every batch that holds one of some messages. */
    public void refusingBatchesWith(Predicate<String> bodies) {
        spoilsTheBatch = bodies;
    }

    /** Has something happen after the messages are taken, and before the sender hears of it. */
    public void beforeAnswer(Runnable happening) {
        beforeAnswer = happening;
    }

    @Override
    public FakeAws.Answer answer(FakeAws.Request request) {
        if (!request.operation().equals("AmazonSQS.SendMessageBatch")) {
            throw new IllegalArgumentException("Not expected: " + request.operation());
        }
        if (down) {
            return FakeAws.Answer.error(503, "ServiceUnavailable");
        }
        JsonNode batch = request.json();
        String queue = batch.get("QueueUrl").getStringValue();
        for (JsonNode entry : batch.get("Entries").values()) {
            if (spoilsTheBatch.test(entry.get("MessageBody").getStringValue())) {
                return FakeAws.Answer.error(400, "com.amazonaws.sqs#InvalidMessageContents");
            }
        }
        List<String> taken = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (JsonNode entry : batch.get("Entries").values()) {
            String body = entry.get("MessageBody").getStringValue();
            String id = entry.get("Id").getStringValue();
            if (poison.test(body)) {
                refused.add("{\"Id\": \"" + id + "\", \"Code\": \"InvalidMessage\", \"SenderFault\": true}");
            } else {
                messages.add(queue.substring(queue.lastIndexOf('/') + 1) + " " + body);
                taken.add("{\"Id\": \"" + id + "\", \"MessageId\": \"" + id + "\", \"MD5OfMessageBody\": \""
                        + md5(body) + "\"}");
            }
        }
        beforeAnswer.run();
        return FakeAws.Answer.ok("{\"Successful\": " + taken + ", \"Failed\": " + refused + "}");
    }

    private static String md5(String body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5")
                    .digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
