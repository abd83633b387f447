package dev.plinth.todos;

import dev.plinth.contract.TodosTable;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.time.Timestamps;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Reads an overview from the figures and from the index of todos that are due, each read small whatever a user has. */
@Singleton
@Requires(env = "dashboard")
class DynamoTodoOverviews implements TodoOverviews {

    private static final Duration SOON = Duration.ofDays(1);
    private static final int MOST_COUNTED = 100;
    private static final int NEXT = 5;

    private static final String BETWEEN = "#owner = :owner AND #position BETWEEN :from AND :to";

    private final DynamoDbClient dynamo;
    private final String table;
    private final Clock clock;

    DynamoTodoOverviews(DynamoDbClient dynamo, TodosTableName table, Clock clock) {
        this.dynamo = dynamo;
        this.table = table.value();
        this.clock = clock;
    }

    @Override
    public TodoOverview of(UUID user) {
        return AwsFailures.calling(() -> read(user, clock.instant()));
    }

    private TodoOverview read(UUID user, Instant now) {
        GetItemRequest figuresOfUser = GetItemRequest.builder()
                .tableName(table)
                .key(TodoItems.figuresKey(user))
                .consistentRead(true)
                .build();
        Figures figures = TodoItems.figures(dynamo.getItem(figuresOfUser).item());
        return new TodoOverview(figures.open(), figures.done(), figures.archivedAt(now),
                count(user, Instant.EPOCH, now), count(user, now, now.plus(SOON)), next(user));
    }

    private TodoOverview.Count count(UUID user, Instant from, Instant to) {
        QueryRequest request = due()
                .keyConditionExpression(BETWEEN)
                .expressionAttributeValues(Map.of(
                        ":owner", TodoItems.text(user.toString()),
                        // A position is longer than the text of its time, and so comes right after it.
                        ":from", TodoItems.text(Timestamps.text(from)),
                        ":to", TodoItems.text(Timestamps.text(to))))
                .select(Select.COUNT)
                .limit(MOST_COUNTED + 1)
                .build();
        int found = dynamo.query(request).count();
        return new TodoOverview.Count(Math.min(found, MOST_COUNTED), found > MOST_COUNTED);
    }

    private List<TodoOverview.Due> next(UUID user) {
        QueryRequest request = due()
                .keyConditionExpression("#owner = :owner")
                .expressionAttributeNames(Map.of("#owner", TodosTable.DUE_OWNER))
                .expressionAttributeValues(Map.of(":owner", TodoItems.text(user.toString())))
                .limit(NEXT)
                .build();
        return dynamo.query(request).items().stream().map(DynamoTodoOverviews::due).toList();
    }

    private QueryRequest.Builder due() {
        return QueryRequest.builder()
                .tableName(table)
                .indexName(TodosTable.BY_DUE.name())
                .expressionAttributeNames(Map.of("#owner", TodosTable.DUE_OWNER, "#position", TodosTable.DUE_POSITION));
    }

    private static TodoOverview.Due due(Map<String, AttributeValue> item) {
        Todo todo = TodoItems.todo(item);
        return new TodoOverview.Due(todo.id(), todo.details().title(), todo.details().dueAt().orElseThrow());
    }
}
