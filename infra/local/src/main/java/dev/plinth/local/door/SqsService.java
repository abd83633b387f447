package dev.plinth.local.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.iam.Policy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * SQS in its JSON protocol: maps calls to permissions as the Service Authorization Reference does, and passes them to the
 * engine. A batch needs the permission of its single call. What creates or changes queues is not mapped, so denied.
 */
final class SqsService implements AwsService {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "x-amz-target";
    private static final String START_MOVE = "StartMessageMoveTask";

    private final Account account;
    private final URI engine;
    private final HttpClient client;
    private final Function<String, Optional<Policy>> policies;
    /** The queue that a move takes messages from, by the handle that cancels it and says nothing of it. */
    private final Map<String, String> moves = new ConcurrentHashMap<>();

    /** @param policies the resource policy of a queue by its ARN */
    SqsService(Account account, URI engine, HttpClient client, Function<String, Optional<Policy>> policies) {
        this.account = account;
        this.engine = engine;
        this.client = client;
        this.policies = policies;
    }

    @Override
    public String name() {
        return "sqs";
    }

    @Override
    public AwsCall parse(DoorRequest request) throws IOException {
        String target = request.headers().getOrDefault(TARGET, "");
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : List.of(TARGET, "content-type")) {
            if (request.headers().containsKey(name)) {
                headers.put(name, request.headers().get(name));
            }
        }
        String operation = target.substring(target.lastIndexOf('.') + 1);
        // The Query protocol, which has no target, is not read: its operation is empty, and so unknown.
        JsonNode input = operation.isEmpty() ? JSON.createObjectNode() : JSON.readTree(request.body());
        return new AwsCall(name(), operation, input, headers, request.body());
    }

    @Override
    public Optional<List<AccessRequest>> permissions(AwsCall call) {
        JsonNode input = call.input();
        String queue = queueArn(input.path("QueueUrl").asText());
        return switch (call.operation()) {
            case "SendMessage", "SendMessageBatch" -> Optional.of(List.of(on("SendMessage", queue)));
            case "ReceiveMessage" -> Optional.of(List.of(on("ReceiveMessage", queue)));
            case "DeleteMessage", "DeleteMessageBatch" -> Optional.of(List.of(on("DeleteMessage", queue)));
            case "ChangeMessageVisibility", "ChangeMessageVisibilityBatch" ->
                    Optional.of(List.of(on("ChangeMessageVisibility", queue)));
            case "GetQueueAttributes", "PurgeQueue", "ListDeadLetterSourceQueues" ->
                    Optional.of(List.of(on(call.operation(), queue)));
            case "GetQueueUrl" -> Optional.of(List.of(on("GetQueueUrl", queueArn(input.path("QueueName").asText()))));
            case "ListQueues" -> Optional.of(List.of(on("ListQueues", "*")));
            case START_MOVE -> Optional.of(starting(input));
            case "ListMessageMoveTasks" -> Optional.of(moving(call.operation(), input.path("SourceArn").asText()));
            case "CancelMessageMoveTask" -> Optional.of(moving(
                    call.operation(), moves.getOrDefault(input.path("TaskHandle").asText(), "*")));
            default -> Optional.empty();
        };
    }

    /** Without a destination messages go to where they came from, which may be anywhere. */
    private static List<AccessRequest> starting(JsonNode input) {
        List<AccessRequest> needed = new ArrayList<>(moving(START_MOVE, input.path("SourceArn").asText()));
        needed.add(on("SendMessage", input.path("DestinationArn").asText("*")));
        return needed;
    }

    /** Who has to do with a move may receive and delete (SQS Developer Guide, "Dead-letter queue redrive permissions"). */
    private static List<AccessRequest> moving(String action, String source) {
        return List.of(on(action, source), on("ReceiveMessage", source), on("DeleteMessage", source),
                on("GetQueueAttributes", source));
    }

    /** The door stands for an endpoint that has TLS, so a policy that wants it is content. */
    private static AccessRequest on(String action, String resource) {
        return new AccessRequest("sqs:" + action, resource, Map.of("aws:SecureTransport", List.of("true")));
    }

    private String queueArn(String urlOrName) {
        return account.arn("sqs", urlOrName.substring(urlOrName.lastIndexOf('/') + 1));
    }

    @Override
    public Optional<Policy> resourcePolicy(String resourceArn) {
        return policies.apply(resourceArn);
    }

    @Override
    public AwsAnswer answer(AwsCall call) throws IOException, InterruptedException {
        if (call.operation().isEmpty()) {
            return error(400, "UnsupportedOperation", "The laptop's cloud reads SQS calls of the JSON protocol only.");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(engine)
                .POST(HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach(request::header);
        HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : List.of("content-type", "x-amzn-requestid", "x-amzn-query-error")) {
            response.headers().firstValue(name).ifPresent(value -> headers.put(name, value));
        }
        if (call.operation().equals(START_MOVE) && response.statusCode() == 200) {
            moves.put(JSON.readTree(response.body()).path("TaskHandle").asText(), call.input().path("SourceArn").asText());
        }
        return new AwsAnswer(response.statusCode(), headers, response.body());
    }

    @Override
    public AwsAnswer error(int status, String code, String message) {
        ObjectNode body = JSON.createObjectNode();
        body.put("__type", "com.amazonaws.sqs#" + code);
        body.put("message", message);
        return new AwsAnswer(status, Map.of("content-type", "application/x-amz-json-1.0",
                "x-amzn-query-error", code + ";" + (status < 500 ? "Sender" : "Receiver")),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
