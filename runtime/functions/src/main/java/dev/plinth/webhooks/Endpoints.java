package dev.plinth.webhooks;

import static dev.plinth.functions.aws.Values.number;
import static dev.plinth.functions.aws.Values.text;

import dev.plinth.contract.StudioTable;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.webhooks.IntegrationItems.Link;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The endpoints as the worker sees them. Every method throws {@link dev.plinth.failure.Failure} UNAVAILABLE when the
 * table does not answer in time. Thread-safe.
 */
@Singleton
@Requires(env = "webhook-worker")
class Endpoints {
    private static final String BY_PROJECT =
            StudioTable.INTEGRATIONS.index(StudioTable.Indexes.INTEGRATIONS_BY_PROJECT).name();

    private final DynamoDbClient dynamo;
    private final String table;

    Endpoints(DynamoDbClient dynamo, StudioTables tables) {
        this.dynamo = dynamo;
        this.table = tables.nameOf(StudioTable.INTEGRATIONS);
    }

    /** Gives each link of a project to the reader. The index lags behind the latest writes, by a second as a rule. */
    void forEach(UUID project, Consumer<Link> reader) {
        Map<String, AttributeValue> start = Map.of();
        do {
            Map<String, AttributeValue> from = start;
            QueryResponse page = AwsFailures.calling(() -> dynamo.query(request -> request
                    .tableName(table)
                    .indexName(BY_PROJECT)
                    .keyConditionExpression("#project = :project")
                    .expressionAttributeNames(Map.of("#project", IntegrationItems.PROJECT_ID))
                    .expressionAttributeValues(Map.of(":project", text(project.toString())))
                    .exclusiveStartKey(from.isEmpty() ? null : from)));
            page.items().stream().map(IntegrationItems::link).forEach(reader);
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
        } while (!start.isEmpty());
    }

    /** Returns what a link leads to, which may be no endpoint; empty when it is gone. */
    Optional<Map<String, AttributeValue>> item(String owner, UUID id) {
        GetItemResponse response = AwsFailures.calling(() -> dynamo.getItem(request -> request
                .tableName(table).key(IntegrationItems.key(owner, id.toString())).consistentRead(true)));
        return response.hasItem() ? Optional.of(response.item()) : Optional.empty();
    }

    /** Returns an endpoint as the latest write left it; empty when it is gone. */
    Optional<Endpoint> find(String owner, UUID id) {
        return item(owner, id).map(IntegrationItems::endpoint);
    }

    /** Removes a link that leads to nothing any more: what it led to has expired. */
    void unlink(UUID id, UUID project) {
        AwsFailures.calling(() -> dynamo.deleteItem(request -> request
                .tableName(table).key(IntegrationItems.linkKey(id, project))));
    }

    /** Notes that the endpoint took a delivery: none has failed in a row. */
    void succeeded(Endpoint endpoint) {
        if (endpoint.failures() > 0) {
            update(endpoint, "SET #failures = :none, #revision = :revision",
                    Map.of("#failures", IntegrationItems.FAILURES), Map.of(":none", number(0)));
        }
    }

    /** Notes that a delivery failed for good, and disables the endpoint when it was the last of too many in a row. */
    void failed(Endpoint endpoint) {
        Optional<Map<String, AttributeValue>> counted = update(endpoint,
                "ADD #failures :one SET #revision = :revision",
                Map.of("#failures", IntegrationItems.FAILURES), Map.of(":one", number(1)));
        if (counted.filter(item -> IntegrationItems.endpoint(item).failures() >= Endpoint.MOST_FAILURES).isPresent()) {
            disable(endpoint);
        }
    }

    /** Sends nothing to the endpoint any more. */
    void disable(Endpoint endpoint) {
        update(endpoint, "SET #state = :disabled, #revision = :revision", Map.of("#state", IntegrationItems.STATE),
                Map.of(":disabled", text(EndpointState.DISABLED.name())));
    }

    /** Returns the item after the update; empty when the endpoint is gone, and there is nothing to update. */
    private Optional<Map<String, AttributeValue>> update(Endpoint endpoint, String expression,
            Map<String, String> names, Map<String, AttributeValue> values) {
        UpdateItemRequest.Builder request = UpdateItemRequest.builder()
                .tableName(table)
                .key(IntegrationItems.key(endpoint.owner(), endpoint.id().toString()))
                .updateExpression(expression)
                .conditionExpression("attribute_exists(#owner)")
                .returnValues(ReturnValue.ALL_NEW)
                .expressionAttributeNames(with(names, Map.of(
                        "#owner", IntegrationItems.OWNER, "#revision", IntegrationItems.REVISION)))
                .expressionAttributeValues(with(values, Map.of(":revision", text(UUID.randomUUID().toString()))));
        try {
            return Optional.of(AwsFailures.calling(() -> dynamo.updateItem(request.build())).attributes());
        } catch (ConditionalCheckFailedException gone) {
            return Optional.empty();
        }
    }

    private static <V> Map<String, V> with(Map<String, V> some, Map<String, V> more) {
        Map<String, V> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }
}
