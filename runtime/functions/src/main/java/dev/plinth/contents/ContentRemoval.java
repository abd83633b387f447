package dev.plinth.contents;

import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.contract.TableSchema;
import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.Pause;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.aws.Values;
import dev.plinth.workspace.ProjectContents;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Empties the partitions of a project that is marked as deleted: nothing is added to them any more, so what is read is
 * all there will ever be. Quotas bound how much that is.
 */
@Singleton
final class ContentRemoval implements ProjectContents {

    private static final List<StudioTable> TABLES = List.of(
            StudioTable.SCHEMAS, StudioTable.ARCHITECTURES, StudioTable.DOCUMENTATION, StudioTable.SETTINGS);

    /** What one request can remove (DynamoDB API reference, BatchWriteItem). */
    private static final int BATCH = 25;

    /** Far more than quotas allow a table to need; what is left then, another request removes. */
    private static final int MOST_BATCHES = 20;

    private final DynamoDbClient dynamo;
    private final StudioTables tables;

    ContentRemoval(DynamoDbClient dynamo, StudioTables tables) {
        this.dynamo = dynamo;
        this.tables = tables;
    }

    @Override
    public void remove(UUID project) {
        TABLES.forEach(table -> remove(table, project));
    }

    private void remove(StudioTable table, UUID project) {
        for (int batch = 1; batch <= MOST_BATCHES; batch++) {
            List<WriteRequest> removals = nextBatch(table, project);
            if (removals.isEmpty()) {
                return;
            }
            remove(table, removals, batch);
        }
        throw Failure.unavailable(
                "Not all of the project is deleted yet. Delete it again.", Duration.ofSeconds(1), null);
    }

    private List<WriteRequest> nextBatch(StudioTable table, UUID project) {
        TableSchema.Key key = table.schema().key();
        QueryRequest request = QueryRequest.builder()
                .tableName(tables.nameOf(table))
                .consistentRead(true)
                .keyConditionExpression("#project = :project")
                .projectionExpression("#project, #id")
                .expressionAttributeNames(Map.of("#project", Attributes.PROJECT_ID, "#id", key.sort().orElseThrow()))
                .expressionAttributeValues(Map.<String, AttributeValue>of(":project", Values.text(project)))
                .limit(BATCH)
                .build();
        return AwsFailures.calling(() -> dynamo.query(request)).items().stream()
                .map(item -> WriteRequest.builder().deleteRequest(removal -> removal.key(item)).build())
                .toList();
    }

    /** What the table was too busy for is found again by the next query. */
    private void remove(StudioTable table, List<WriteRequest> removals, int batch) {
        BatchWriteItemRequest request =
                BatchWriteItemRequest.builder().requestItems(Map.of(tables.nameOf(table), removals)).build();
        BatchWriteItemResponse response = AwsFailures.calling(() -> dynamo.batchWriteItem(request));
        if (response.hasUnprocessedItems() && !response.unprocessedItems().isEmpty()) {
            Pause.after(batch);
        }
    }
}
