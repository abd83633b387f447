package dev.plinth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** An event as Lambda gives it to a function, and what the function makes of it. */
public final class Invocation {
    public static final String REQUEST_ID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

    private static final JsonMapper JSON = JsonMapper.createDefault();

    private final String event;
    private IntSupplier millisLeft = () -> (int) Duration.ofSeconds(30).toMillis();

    private Invocation(String event) {
        this.event = event;
    }

    /** Starts an invocation by any event, given in JSON. */
    public static Invocation of(String event) {
        return new Invocation(event);
    }

    /**
     * Starts an invocation by messages of a queue, as the Lambda Developer Guide shows the event. The first message has
     * the id {@code message-0}, the next one {@code message-1}.
     */
    public static Invocation ofMessages(String... bodies) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (String body : bodies) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("messageId", "message-" + records.size());
            message.put("receiptHandle", "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a");
            message.put("body", body);
            message.put("attributes", Map.of(
                    "ApproximateReceiveCount", "3",
                    "SentTimestamp", "1773000000000",
                    "SenderId", "AIDAIENQZJOLO23YVJ4VO",
                    "ApproximateFirstReceiveTimestamp", "1773000000001"));
            message.put("messageAttributes", Map.of());
            message.put("md5OfBody", "e4e68fb7bd0e697a0ae8f1bb342846b3");
            message.put("eventSource", "aws:sqs");
            message.put("eventSourceARN", "arn:aws:sqs:eu-central-1:123456789012:events");
            message.put("awsRegion", "eu-central-1");
            records.add(message);
        }
        return new Invocation(text(Map.of("Records", records)));
    }

    /** Says how many milliseconds are left, whenever the function asks. */
    public Invocation millisLeft(IntSupplier millis) {
        this.millisLeft = millis;
        return this;
    }

    /** Returns the answer; null when the function gave none. */
    public JsonNode send(RequestStreamHandler function) {
        Context lambda = (Context) Proxy.newProxyInstance(
                Invocation.class.getClassLoader(), new Class<?>[] {Context.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getAwsRequestId" -> REQUEST_ID;
                    case "getRemainingTimeInMillis" -> millisLeft.getAsInt();
                    case "getMemoryLimitInMB" -> 512;
                    default -> null;
                });
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            function.handleRequest(
                    new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, lambda);
            String answer = output.toString(StandardCharsets.UTF_8);
            return answer.equals("null") ? null : JSON.readValue(answer, JsonNode.class);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Sends the event, and returns the ids of the messages that go back to the queue. */
    public List<String> failures(RequestStreamHandler function) {
        List<String> failures = new ArrayList<>();
        send(function).get("batchItemFailures").values()
                .forEach(failure -> failures.add(failure.get("itemIdentifier").getStringValue()));
        return failures;
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
