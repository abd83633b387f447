package dev.plinth.todos;

import dev.plinth.contract.TodosTable;
import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.Pause;
import dev.plinth.functions.checkpoint.Priming;
import dev.plinth.functions.event.TimeLeft;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Empties the partitions of users who are gone. A tombstone comes first, in the place of the figures: every write of
 * the todos service checks it in its transaction, so what is read after it is all there will ever be.
 *
 * <p>Each step can be repeated, and finds out by itself what is left to do. A removal that was cut off at any point is
 * completed by doing it again.
 */
@Singleton
@Requires(env = "todos-worker")
class Partitions implements Priming {

    /** How long the tombstone stays: far beyond the last access token that could still write. */
    private static final Duration TOMBSTONE = Duration.ofDays(1);

    /** What one request can remove (DynamoDB API reference, BatchWriteItem). */
    private static final int BATCH = 25;

    /** Left for the answer, and for one batch that is slow. */
    private static final Duration TIME_FOR_A_BATCH = Duration.ofSeconds(3);

    private static final int ATTEMPTS = 10;

    private final DynamoDbClient dynamo;
    private final String table;
    private final Clock clock;
    private final TimeLeft timeLeft;

    Partitions(DynamoDbClient dynamo, TodosTableName table, Clock clock, TimeLeft timeLeft) {
        this.dynamo = dynamo;
        this.table = table.value();
        this.clock = clock;
        this.timeLeft = timeLeft;
    }

    /**
     * Removes everything that is a user's, but for the tombstone.
     *
     * @throws Failure UNAVAILABLE when the table does not answer, or when time is short before everything is removed;
     *                 the next call goes on
     */
    void remove(UUID user) {
        bury(user);
        for (int batch = 1;; batch++) {
            List<WriteRequest> removals = nextBatch(user);
            if (removals.isEmpty()) {
                return;
            }
            if (batch > 1) {
                timeLeft.require(TIME_FOR_A_BATCH);
            }
            remove(removals);
        }
    }

    /** Reads the partition of nobody: of all the steps, the one that changes nothing. */
    @Override
    public void prime() {
        nextBatch(UUID.randomUUID());
    }

    private void bury(UUID user) {
        Map<String, AttributeValue> tombstone = new HashMap<>(TodoItems.figuresKey(user));
        tombstone.put(TodoItems.REMOVED, AttributeValue.fromBool(true));
        tombstone.put(TodosTable.EXPIRES_AT, TodoItems.seconds(Instant.now(clock).plus(TOMBSTONE)));
        PutItemRequest request = PutItemRequest.builder().tableName(table).item(tombstone).build();
        for (int attempt = 1;; attempt++) {
            try {
                AwsFailures.calling(() -> dynamo.putItem(request));
                return;
            } catch (TransactionConflictException meets) {
                if (attempt == ATTEMPTS) {
                    throw Failure.unavailable("The user still writes.", Duration.ofSeconds(1), meets);
                }
                Pause.after(attempt);
            }
        }
    }

    /** Returns the removal of items of the partition, or none when there is nothing left but the tombstone. */
    private List<WriteRequest> nextBatch(UUID user) {
        Map<String, AttributeValue> tombstone = TodoItems.figuresKey(user);
        QueryRequest request = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("#pk = :pk")
                .projectionExpression("#pk, #sk")
                .expressionAttributeNames(Map.of("#pk", TodosTable.PK, "#sk", TodosTable.SK))
                .expressionAttributeValues(Map.of(":pk", TodoItems.partition(user)))
                .limit(BATCH + 1)
                .build();
        return AwsFailures.calling(() -> dynamo.query(request)).items().stream()
                .filter(key -> !key.equals(tombstone))
                .limit(BATCH)
                .map(key -> WriteRequest.builder().deleteRequest(removal -> removal.key(key)).build())
                .toList();
    }

    /** What the table was too busy for is found again by the next query. */
    private void remove(List<WriteRequest> removals) {
        BatchWriteItemRequest request = BatchWriteItemRequest.builder().requestItems(Map.of(table, removals)).build();
        BatchWriteItemResponse response = AwsFailures.calling(() -> dynamo.batchWriteItem(request));
        if (response.hasUnprocessedItems() && !response.unprocessedItems().isEmpty()) {
            Pause.after(ATTEMPTS);
        }
    }
}
