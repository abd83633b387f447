package dev.plinth.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Creates and reads the queues of the engine, over SQS's JSON protocol. Thread-safe. */
public final class SqsQueues {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The most messages that one call of SQS takes or gives. */
    public static final int LARGEST_CALL = 10;

    /** The longest that SQS lets a caller wait for messages. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final URI engine;
    private final HttpClient client = HttpClient.newHttpClient();

    public SqsQueues(URI engine) {
        this.engine = engine;
    }

    /** A call that the engine refused; the message holds its answer. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String operation, String answer) {
            super("ElasticMQ refused " + operation + ": " + answer);
        }
    }

    /** Creates a queue and returns its URL. */
    public String create(String name, Map<String, String> attributes) throws IOException, InterruptedException {
        ObjectNode input = JSON.createObjectNode().put("QueueName", name);
        attributes.forEach(input.putObject("Attributes")::put);
        return call("CreateQueue", input).path("QueueUrl").asText();
    }

    /** Deletes a queue with all that is in it. */
    public void deleteQueue(String url) throws IOException, InterruptedException {
        call("DeleteQueue", JSON.createObjectNode().put("QueueUrl", url));
    }

    /** Returns the attributes of a queue by name. */
    public Map<String, String> attributes(String url) throws IOException, InterruptedException {
        ObjectNode input = JSON.createObjectNode().put("QueueUrl", url);
        input.putArray("AttributeNames").add("All");
        Map<String, String> attributes = new LinkedHashMap<>();
        call("GetQueueAttributes", input).path("Attributes").properties()
                .forEach(attribute -> attributes.put(attribute.getKey(), attribute.getValue().asText()));
        return attributes;
    }

    /**
     * Receives messages as SQS gives them, with all of their attributes.
     *
     * @param most 1 to {@link #LARGEST_CALL}
     * @param wait how long to wait for the first one: whole seconds, at most {@link #LONGEST_WAIT}
     */
    public List<JsonNode> receive(String url, int most, Duration wait) throws IOException, InterruptedException {
        ObjectNode input = JSON.createObjectNode().put("QueueUrl", url)
                .put("MaxNumberOfMessages", most).put("WaitTimeSeconds", wait.toSeconds());
        input.putArray("AttributeNames").add("All");
        input.putArray("MessageAttributeNames").add("All");
        List<JsonNode> messages = new ArrayList<>();
        call("ReceiveMessage", input).path("Messages").forEach(messages::add);
        return messages;
    }

    /**
     * Sends a message.
     *
     * @param attributes as SQS's JSON protocol writes them: {@code DataType} and a value, by name
     */
    public void send(String url, String body, ObjectNode attributes) throws IOException, InterruptedException {
        ObjectNode input = JSON.createObjectNode().put("QueueUrl", url).put("MessageBody", body);
        input.set("MessageAttributes", attributes);
        call("SendMessage", input);
    }

    /** Deletes messages, however many, by their receipt handles. */
    public void delete(String url, List<String> receiptHandles) throws IOException, InterruptedException {
        for (int from = 0; from < receiptHandles.size(); from += LARGEST_CALL) {
            ObjectNode input = JSON.createObjectNode().put("QueueUrl", url);
            ArrayNode entries = input.putArray("Entries");
            for (int i = from; i < Math.min(from + LARGEST_CALL, receiptHandles.size()); i++) {
                entries.addObject().put("Id", Integer.toString(i)).put("ReceiptHandle", receiptHandles.get(i));
            }
            JsonNode failed = call("DeleteMessageBatch", input).path("Failed");
            if (!failed.isEmpty()) {
                throw new RefusedException("DeleteMessageBatch", failed.toString());
            }
        }
    }

    private JsonNode call(String operation, ObjectNode input) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(HttpRequest.newBuilder(engine)
                .header("X-Amz-Target", "AmazonSQS." + operation)
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(input))).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new RefusedException(operation, new String(answer.body(), StandardCharsets.UTF_8));
        }
        // Calls without a result have an empty body.
        return answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }
}
