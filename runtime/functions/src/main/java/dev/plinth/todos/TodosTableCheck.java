package dev.plinth.todos;

import dev.plinth.functions.health.HealthCheck;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/** Asks the todos table for an item that it does not have: the cheapest request that reaches DynamoDB. */
@Singleton
@Requires(env = "dashboard")
class TodosTableCheck implements HealthCheck {

    /** Shorter than the wait for all checks, so that the answer says which one failed and why. */
    private static final Duration TIMEOUT = Duration.ofMillis(1500);

    private final DynamoDbClient dynamo;
    private final GetItemRequest request;

    TodosTableCheck(DynamoDbClient dynamo, TodosTableName table) {
        this.dynamo = dynamo;
        this.request = GetItemRequest.builder()
                .tableName(table.value())
                .key(TodoItems.absentKey())
                .overrideConfiguration(settings -> settings.apiCallTimeout(TIMEOUT))
                .build();
    }

    @Override
    public String name() {
        return "dynamodb";
    }

    @Override
    public void check() {
        dynamo.getItem(request);
    }
}
