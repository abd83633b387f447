package dev.plinth.orders;

import dev.plinth.functions.health.HealthCheck;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/** Asks the orders table for an item that it does not have: the cheapest request that reaches it. */
@Singleton
class OrdersTableCheck implements HealthCheck {

    /** Shorter than the wait for all checks, so that the answer says which one failed and why. */
    private static final Duration TIMEOUT = Duration.ofMillis(1500);

    private final DynamoDbClient dynamo;
    private final GetItemRequest request;

    OrdersTableCheck(DynamoDbClient dynamo, OrdersTableName table) {
        this.dynamo = dynamo;
        this.request = GetItemRequest.builder()
                .tableName(table.value())
                .key(OrderItems.absentKey())
                .overrideConfiguration(settings -> settings.apiCallTimeout(TIMEOUT))
                .build();
    }

    @Override
    public String name() {
        return "orders-table";
    }

    @Override
    public void check() {
        dynamo.getItem(request);
    }
}
