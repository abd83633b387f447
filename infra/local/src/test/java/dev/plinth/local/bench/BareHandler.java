package dev.plinth.local.bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a function costs at least: no framework, and the one SDK call that {@code GET /orders/{id}} makes. */
public final class BareHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private final DynamoDbClient client = DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
    private final String table = System.getenv("ORDERS_TABLE_NAME");

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
        String path = (String) event.get("rawPath");
        AttributeValue key = AttributeValue.fromS("ORDER#" + path.substring(path.lastIndexOf('/') + 1));
        Map<String, AttributeValue> item = client.getItem(request -> request.tableName(table)
                .key(Map.of("pk", key, "sk", key)).consistentRead(true)).item();
        StringBuilder body = new StringBuilder("{");
        item.forEach((name, value) -> body.append(body.length() == 1 ? "" : ",")
                .append('"').append(name).append("\":\"").append(value.s() == null ? value.n() : value.s()).append('"'));
        Map<String, Object> answer = new HashMap<>();
        answer.put("statusCode", item.isEmpty() ? 404 : 200);
        answer.put("headers", Map.of("content-type", "application/json"));
        answer.put("body", body.append('}').toString());
        return answer;
    }
}
