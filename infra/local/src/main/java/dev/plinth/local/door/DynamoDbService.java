package dev.plinth.local.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.iam.AccessRequest;
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

/**
 * DynamoDB: maps calls to permissions as the Service Authorization Reference does, and passes them to the engine.
 * A transaction needs the permission of each of its parts. PartiQL, backups and streams are not mapped, so denied.
 */
final class DynamoDbService implements AwsService {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "x-amz-target";

    private final Account account;
    private final URI engine;
    private final HttpClient client;

    DynamoDbService(Account account, URI engine, HttpClient client) {
        this.account = account;
        this.engine = engine;
        this.client = client;
    }

    @Override
    public String name() {
        return "dynamodb";
    }

    @Override
    public AwsCall parse(DoorRequest request) throws IOException {
        String target = request.headers().getOrDefault(TARGET, "");
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : List.of(TARGET, "content-type", "authorization", "x-amz-date")) {
            if (request.headers().containsKey(name)) {
                headers.put(name, request.headers().get(name));
            }
        }
        String operation = target.substring(target.lastIndexOf('.') + 1);
        return new AwsCall(name(), operation, JSON.readTree(request.body()), headers, request.body());
    }

    @Override
    public Optional<List<AccessRequest>> permissions(AwsCall call) {
        JsonNode input = call.input();
        return switch (call.operation()) {
            case "GetItem", "PutItem", "UpdateItem", "DeleteItem", "DescribeTable", "DescribeTimeToLive" ->
                    Optional.of(List.of(on(call.operation(), table(input))));
            case "Query", "Scan" -> Optional.of(List.of(on(call.operation(), tableOrIndex(input))));
            case "BatchGetItem", "BatchWriteItem" -> {
                List<AccessRequest> needed = new ArrayList<>();
                input.path("RequestItems").fieldNames().forEachRemaining(
                        name -> needed.add(on(call.operation(), tableArn(name))));
                yield Optional.of(needed);
            }
            case "TransactGetItems", "TransactWriteItems" -> Optional.of(parts(input.path("TransactItems")));
            case "ListTables" -> Optional.of(List.of(on(call.operation(), "*")));
            default -> Optional.empty();
        };
    }

    private List<AccessRequest> parts(JsonNode items) {
        List<AccessRequest> needed = new ArrayList<>();
        for (JsonNode item : items) {
            item.properties().forEach(part -> {
                String action = switch (part.getKey()) {
                    case "Get", "Put", "Update", "Delete" -> part.getKey() + "Item";
                    case "ConditionCheck" -> "ConditionCheckItem";
                    default -> part.getKey();
                };
                needed.add(on(action, table(part.getValue())));
            });
        }
        return needed.stream().distinct().toList();
    }

    private AccessRequest on(String action, String resource) {
        return new AccessRequest("dynamodb:" + action, resource, Map.of());
    }

    private String table(JsonNode input) {
        return tableArn(input.path("TableName").asText());
    }

    private String tableOrIndex(JsonNode input) {
        String index = input.path("IndexName").asText();
        return index.isEmpty() ? table(input) : table(input) + "/index/" + index;
    }

    private String tableArn(String nameOrArn) {
        return nameOrArn.startsWith("arn:") ? nameOrArn : account.arn("dynamodb", "table/" + nameOrArn);
    }

    @Override
    public AwsAnswer answer(AwsCall call) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(engine)
                .POST(HttpRequest.BodyPublishers.ofByteArray(call.body()));
        call.headers().forEach(request::header);
        HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : List.of("content-type", "x-amzn-requestid", "x-amz-crc32")) {
            response.headers().firstValue(name).ifPresent(value -> headers.put(name, value));
        }
        return new AwsAnswer(response.statusCode(), headers, response.body());
    }

    @Override
    public AwsAnswer error(int status, String code, String message) {
        String namespace = status == 500 || code.equals("ProvisionedThroughputExceededException")
                || code.equals("InternalServerError") ? "com.amazonaws.dynamodb.v20120810#" : "com.amazon.coral.service#";
        ObjectNode body = JSON.createObjectNode();
        body.put("__type", namespace + code);
        body.put("message", message);
        return new AwsAnswer(status, Map.of("content-type", "application/x-amz-json-1.0"),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
