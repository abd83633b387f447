package dev.plinth.local.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.lambda.FunctionPool;
import dev.plinth.local.lambda.Outcome;
import dev.plinth.local.net.Exchange;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Custom resources: their function gets CloudFormation's request, and the deployment waits for what it puts to the
 * ResponseURL. Each run of the cloud creates them anew, so a function must be able to create what exists already.
 */
final class CustomResources {
    /** Where the answers come to; a random name follows, which nobody but the function is told. */
    static final String PATH = "/_cloudformation/";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_WAIT_SECONDS = 3600;
    private static final int LARGEST_ANSWER = 4096;

    private final Function<String, Optional<FunctionPool>> functions;
    private final Supplier<URI> host;
    private final UnaryOperator<String> stackIds;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();

    /**
     * @param functions finds a function by its ARN
     * @param host      where {@link #answer} is served
     * @param stackIds  gives a stack's ARN by its name
     */
    CustomResources(Function<String, Optional<FunctionPool>> functions, Supplier<URI> host,
            UnaryOperator<String> stackIds) {
        this.functions = functions;
        this.host = host;
        this.stackIds = stackIds;
    }

    static boolean isCustom(String type) {
        return type.startsWith("Custom::") || type.equals("AWS::CloudFormation::CustomResource");
    }

    CreatedResource create(ResourceDefinition resource) {
        Properties properties = resource.properties();
        FunctionPool function = functions.apply(properties.string("ServiceToken"))
                .orElseThrow(() -> properties.refuse("ServiceToken", "a function of these templates"));
        int seconds = properties.optionalInteger("ServiceTimeout").orElse(LONGEST_WAIT_SECONDS);
        if (seconds < 1 || seconds > LONGEST_WAIT_SECONDS) {
            throw properties.refuse("ServiceTimeout", "from 1 to " + LONGEST_WAIT_SECONDS + " seconds");
        }
        byte[] name = new byte[32];
        random.nextBytes(name);
        String token = HexFormat.of().formatHex(name);
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        awaited.put(token, answer);
        try {
            ObjectNode request = request(resource, token);
            invoke(function, request, answer);
            return created(await(answer, seconds), request);
        } finally {
            awaited.remove(token);
        }
    }

    private ObjectNode request(ResourceDefinition resource, String token) {
        ObjectNode request = JSON.createObjectNode();
        request.put("RequestType", "Create");
        request.put("ServiceToken", resource.properties().string("ServiceToken"));
        request.put("ResponseURL", host.get().resolve(PATH + token).toString());
        request.put("StackId", stackIds.apply(resource.stackName()));
        request.put("RequestId", UUID.randomUUID().toString());
        request.put("ResourceType", resource.type());
        request.put("LogicalResourceId", resource.logicalId());
        request.set("ResourceProperties", textual(resource.properties().all()));
        return request;
    }

    /** CloudFormation turns every number and boolean into a string before a custom resource sees it. */
    private static JsonNode textual(JsonNode value) {
        if (value.isObject()) {
            ObjectNode object = JSON.createObjectNode();
            value.properties().forEach(member -> object.set(member.getKey(), textual(member.getValue())));
            return object;
        }
        if (value.isArray()) {
            ArrayNode list = JSON.createArrayNode();
            value.forEach(item -> list.add(textual(item)));
            return list;
        }
        return JSON.getNodeFactory().textNode(value.asText());
    }

    /** Lambda is asked in the background, as CloudFormation does, so that the function's end is not the answer. */
    private static void invoke(FunctionPool function, ObjectNode request, CompletableFuture<JsonNode> answer) {
        Thread thread = new Thread(() -> {
            try {
                Outcome outcome = function.invoke(request.toString().getBytes(StandardCharsets.UTF_8));
                // No effect when the answer has come already. On AWS the deployment would wait for its timeout.
                answer.completeExceptionally(new IllegalStateException(outcome instanceof Outcome.Failed failed
                        ? failed.reason() : "its function returned and put nothing to the ResponseURL"));
            } catch (InterruptedException e) {
                answer.completeExceptionally(e);
            }
        }, "custom resource " + request.path("LogicalResourceId").asText());
        thread.setDaemon(true);
        thread.start();
    }

    private static JsonNode await(CompletableFuture<JsonNode> answer, int seconds) {
        try {
            return answer.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer within its ServiceTimeout of " + seconds + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for its answer", e);
        }
    }

    private static CreatedResource created(JsonNode answer, ObjectNode request) {
        String status = answer.path("Status").asText();
        if (status.equals("FAILED")) {
            throw new IllegalStateException("its function answered FAILED: " + answer.path("Reason")
                    .asText("(without a reason)"));
        }
        if (!status.equals("SUCCESS")) {
            throw new IllegalStateException("its function answered neither SUCCESS nor FAILED, but "
                    + answer.path("Status"));
        }
        for (String name : List.of("StackId", "RequestId", "LogicalResourceId")) {
            if (!answer.path(name).equals(request.path(name))) {
                throw new IllegalStateException("the answer has the " + name + " " + answer.path(name)
                        + " instead of the request's " + request.path(name));
            }
        }
        String physicalId = answer.path("PhysicalResourceId").asText();
        if (physicalId.isEmpty()) {
            throw new IllegalStateException("the answer has no PhysicalResourceId");
        }
        Map<String, String> data = new HashMap<>();
        answer.path("Data").properties().forEach(member -> data.put(member.getKey(), member.getValue().asText()));
        return new CreatedResource(physicalId, data);
    }

    /** Takes one answer at each address that is waited at; an address is good once. */
    void answer(Exchange exchange) throws IOException {
        CompletableFuture<JsonNode> answer = exchange.method().equals("PUT")
                ? awaited.remove(exchange.rawPath().substring(PATH.length())) : null;
        if (answer == null) {
            exchange.answer(403, "text/plain", "Nobody waits for an answer here.\n");
            return;
        }
        try {
            JsonNode body = JSON.readTree(exchange.body(LARGEST_ANSWER));
            exchange.answer(200, List.of(), new byte[0]);
            answer.complete(body);
        } catch (JsonProcessingException e) {
            exchange.answer(200, List.of(), new byte[0]);
            answer.completeExceptionally(new IllegalStateException("its answer is not JSON", e));
        } catch (Exchange.BodyTooLargeException e) {
            exchange.answer(400, "text/plain", "An answer has at most " + LARGEST_ANSWER + " bytes.\n");
            answer.completeExceptionally(new IllegalStateException(
                    "its answer is longer than " + LARGEST_ANSWER + " bytes, CloudFormation's limit", e));
        }
    }
}
