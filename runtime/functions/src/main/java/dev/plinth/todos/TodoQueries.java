package dev.plinth.todos;

import dev.plinth.contract.TodosTable;
import dev.plinth.functions.paging.ListPosition;
import dev.plinth.functions.time.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Lists a user's todos by one query: of the table itself for all of them, which sees every write that has completed;
 * of an index for those in one status or those that are due.
 */
final class TodoQueries {

    /** What a list may read, when most of it has expired, before it gives up with a short page. */
    private static final int READS = 5;

    private final DynamoDbClient dynamo;
    private final String table;

    TodoQueries(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    TodoPage list(UUID user, TodoFilter filter, Optional<ListPosition> after, int limit, Instant now) {
        // One more than the page holds tells whether another page follows.
        QueryRequest.Builder request = request(user, filter, now).limit(limit + 1);
        after.ifPresent(position -> request.exclusiveStartKey(TodoItems.startKey(user, filter, position)));
        List<Todo> todos = new ArrayList<>();
        for (int read = 1;; read++) {
            QueryResponse response = dynamo.query(request.build());
            response.items().stream().map(TodoItems::todo).forEach(todos::add);
            if (todos.size() > limit) {
                List<Todo> page = List.copyOf(todos.subList(0, limit));
                return new TodoPage(page, Optional.of(position(page.get(limit - 1), filter)));
            }
            if (!response.hasLastEvaluatedKey() || response.lastEvaluatedKey().isEmpty()) {
                return new TodoPage(List.copyOf(todos), Optional.empty());
            }
            if (read == READS) {
                return new TodoPage(List.copyOf(todos), Optional.of(position(response.lastEvaluatedKey())));
            }
            request.exclusiveStartKey(response.lastEvaluatedKey());
        }
    }

    private QueryRequest.Builder request(UUID user, TodoFilter filter, Instant now) {
        Map<String, String> names = new HashMap<>(Map.of("#expiresAt", TodosTable.EXPIRES_AT));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":now", TodoItems.seconds(now)));
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(table)
                .filterExpression("attribute_not_exists(#expiresAt) OR #expiresAt > :now");
        if (filter.dueBefore().isPresent()) {
            request.indexName(TodosTable.BY_DUE.name())
                    .keyConditionExpression("#owner = :owner AND #position < :before")
                    .scanIndexForward(true);
            names.putAll(Map.of("#owner", TodosTable.DUE_OWNER, "#position", TodosTable.DUE_POSITION));
            values.put(":owner", TodoItems.text(user.toString()));
            values.put(":before", TodoItems.text(Timestamps.text(filter.dueBefore().get())));
        } else if (filter.status().isPresent()) {
            request.indexName(TodosTable.BY_STATUS.name())
                    .keyConditionExpression("#status = :status")
                    .scanIndexForward(false);
            names.put("#status", TodosTable.USER_STATUS);
            values.put(":status", TodoItems.userStatus(user, filter.status().get()));
        } else {
            request.consistentRead(true)
                    .keyConditionExpression("#pk = :pk AND begins_with(#sk, :todo)")
                    .scanIndexForward(false);
            names.putAll(Map.of("#pk", TodosTable.PK, "#sk", TodosTable.SK));
            values.put(":pk", TodoItems.partition(user));
            values.put(":todo", TodoItems.text(TodoItems.TODO));
        }
        return request.expressionAttributeNames(names).expressionAttributeValues(values);
    }

    private static ListPosition position(Todo todo, TodoFilter filter) {
        return filter.dueBefore().isPresent() ? todo.duePosition().orElseThrow() : todo.position();
    }

    /** Reads the position from a key: that of an index by due time has it whole, any other has the id. */
    private static ListPosition position(Map<String, AttributeValue> key) {
        if (key.containsKey(TodosTable.DUE_POSITION)) {
            return ListPosition.parse(key.get(TodosTable.DUE_POSITION).s());
        }
        return Todo.position(UUID.fromString(key.get(TodosTable.SK).s().substring(TodoItems.TODO.length())));
    }
}
