package dev.plinth.orders;

import dev.plinth.contract.OrdersTable;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.Cancellation;
import dev.plinth.functions.aws.Pause;
import dev.plinth.functions.checkpoint.Priming;
import dev.plinth.functions.idempotency.KeyUse;
import dev.plinth.functions.paging.ListPosition;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Orders in the DynamoDB table of {@link OrdersTable}.
 *
 * <p>The SDK repeats a request whose answer was lost. The repetition of a write that took effect fails on its own
 * condition; it is known by the revision, which is new with every write, and counts as the success that it is.
 * DynamoDB itself knows the repetition of a transaction, by its token.
 */
@Singleton
class DynamoOrders implements Orders, Priming {

    private static final String ABSENT = "attribute_not_exists(#pk)";
    private static final String PRESENT = "attribute_exists(#pk)";
    private static final String SAME_REVISION = "#revision = :revision";

    /** Transactions that meet on one key cancel each other; this many attempts let a crowd of duplicates through. */
    private static final int TRANSACTION_ATTEMPTS = 8;

    /** An order that is never stored. */
    private static final OrderDetails PRIMING = new OrderDetails("priming", "priming", "priming", 1,
            new Money(BigDecimal.ONE, Currency.getInstance("EUR")), Optional.empty());

    /** Where {@link #transaction} puts the use of the key. */
    private static final int USE = 1;

    private final DynamoDbClient dynamo;
    private final OrderQueries queries;
    private final String table;

    DynamoOrders(DynamoDbClient dynamo, OrdersTableName table) {
        this.dynamo = dynamo;
        this.queries = new OrderQueries(dynamo, table.value());
        this.table = table.value();
    }

    @Override
    public void add(Order order) {
        PutItemRequest request = put(order)
                .conditionExpression(ABSENT)
                .expressionAttributeNames(Map.of("#pk", OrdersTable.PK))
                .build();
        if (!put(request, order)) {
            throw new IllegalStateException("Another order has the id " + order.id());
        }
    }

    @Override
    public Optional<KeyUse<Order>> addOnce(KeyUse<Order> use) {
        TransactWriteItemsRequest request = transaction(use, ABSENT);
        for (int attempt = 1;; attempt++) {
            try {
                dynamo.transactWriteItems(request);
                return Optional.empty();
            } catch (TransactionCanceledException e) {
                Cancellation cancellation = new Cancellation(e);
                Optional<KeyUse<Order>> earlier = cancellation.itemAgainst(USE).map(OrderItems::use);
                if (earlier.isPresent()) {
                    return earlier;
                }
                if (!cancellation.isConflict() || attempt == TRANSACTION_ATTEMPTS) {
                    throw AwsFailures.translate(e);
                }
                Pause.after(attempt);
            } catch (SdkException e) {
                throw AwsFailures.translate(e);
            }
        }
    }

    @Override
    public Optional<Order> find(UUID id) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table)
                .key(OrderItems.orderKey(id))
                .consistentRead(true)
                .build();
        GetItemResponse response = AwsFailures.calling(() -> dynamo.getItem(request));
        return response.hasItem() ? Optional.of(OrderItems.order(response.item())) : Optional.empty();
    }

    @Override
    public boolean replace(Order order, String revision) {
        PutItemRequest request = put(order)
                .conditionExpression(SAME_REVISION)
                .expressionAttributeNames(Map.of("#revision", OrderItems.REVISION))
                .expressionAttributeValues(Map.of(":revision", OrderItems.text(revision)))
                .build();
        return put(request, order);
    }

    @Override
    public boolean remove(UUID id, String revision) {
        DeleteItemRequest request = DeleteItemRequest.builder()
                .tableName(table)
                .key(OrderItems.orderKey(id))
                .conditionExpression(SAME_REVISION)
                .expressionAttributeNames(Map.of("#revision", OrderItems.REVISION))
                .expressionAttributeValues(Map.of(":revision", OrderItems.text(revision)))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        try {
            AwsFailures.calling(() -> dynamo.deleteItem(request));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return !e.hasItem();
        }
    }

    @Override
    public OrderPage list(OrderFilter filter, Optional<ListPosition> before, int limit) {
        return AwsFailures.calling(() -> queries.list(filter, before, limit));
    }

    /**
     * Sends one of each write with a condition that fails, since the order does not exist. Reads need no priming of
     * their own: the requests that the checkpoint sends through the handler make them.
     */
    @Override
    public void prime() {
        Instant now = Instant.EPOCH;
        String revision = UUID.randomUUID().toString();
        Order order = new Order(UUID.randomUUID(), UUID.randomUUID(), PRIMING, OrderStatus.PENDING, now, now, revision);
        replace(order, revision);
        remove(order.id(), revision);
        try {
            dynamo.transactWriteItems(
                    transaction(new KeyUse<>(order.id().toString(), "priming", order, now), PRESENT));
        } catch (TransactionCanceledException e) {
            // As intended; reading the reason is part of the path.
            new Cancellation(e).itemAgainst(USE);
        }
    }

    /**
     * Builds a transaction that the SDK and we can send repeatedly to one effect: DynamoDB knows it by its token.
     *
     * @param order the condition on the order
     */
    private TransactWriteItemsRequest transaction(KeyUse<Order> use, String order) {
        Put addOrder = Put.builder()
                .tableName(table)
                .item(OrderItems.item(use.created()))
                .conditionExpression(order)
                .expressionAttributeNames(Map.of("#pk", OrdersTable.PK))
                .build();
        Put claimKey = Put.builder()
                .tableName(table)
                .item(OrderItems.item(use))
                // TTL removes an expired item some time later, up to days.
                .conditionExpression(ABSENT + " OR #expiresAt <= :now")
                .expressionAttributeNames(Map.of("#pk", OrdersTable.PK, "#expiresAt", OrdersTable.EXPIRES_AT))
                .expressionAttributeValues(Map.of(":now", OrderItems.seconds(use.usedAt())))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        return TransactWriteItemsRequest.builder()
                .clientRequestToken(use.created().revision())
                .transactItems(
                        TransactWriteItem.builder().put(addOrder).build(),
                        TransactWriteItem.builder().put(claimKey).build())
                .build();
    }

    private PutItemRequest.Builder put(Order order) {
        return PutItemRequest.builder()
                .tableName(table)
                .item(OrderItems.item(order))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    }

    private boolean put(PutItemRequest request, Order order) {
        try {
            AwsFailures.calling(() -> dynamo.putItem(request));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return e.hasItem() && OrderItems.order(e.item()).revision().equals(order.revision());
        }
    }
}
