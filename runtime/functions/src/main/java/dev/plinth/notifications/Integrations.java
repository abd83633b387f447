package dev.plinth.notifications;

import static dev.plinth.functions.aws.Values.text;
import static dev.plinth.functions.aws.Values.time;

import dev.plinth.contract.StudioTable;
import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.Cancellation;
import dev.plinth.functions.aws.StudioLists;
import dev.plinth.functions.aws.StudioLists.Partition;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.aws.Transactions;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.notifications.Holdings.Held;
import dev.plinth.webhooks.Endpoint;
import dev.plinth.webhooks.IntegrationItems;
import dev.plinth.workspace.ProjectWrites;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Integrations in the integrations table, each below its project. Every method throws {@link Failure} UNAVAILABLE when
 * the table does not answer in time. Thread-safe.
 */
@Singleton
@Requires(env = "notifications")
class Integrations {
    static final int MOST = 10;

    private static final String NAME = "name";
    private static final String UPDATED_AT = "updatedAt";
    private static final int PROJECT = 0;

    private final Holdings holdings;
    private final Transactions transactions;
    private final StudioLists lists;
    private final ProjectWrites projects;
    private final String table;

    Integrations(Holdings holdings, Transactions transactions, StudioLists lists, ProjectWrites projects,
            StudioTables tables) {
        this.holdings = holdings;
        this.transactions = transactions;
        this.lists = lists;
        this.projects = projects;
        this.table = tables.nameOf(StudioTable.INTEGRATIONS);
    }

    /** Returns all that a project has, for {@link #add}. */
    Held held(UUID project) {
        return holdings.read(Endpoint.ofProject(project));
    }

    Optional<Integration> find(UUID project, UUID id) {
        return holdings.item(key(project, id)).map(Integrations::integration);
    }

    IdPage<Integration> list(UUID project, IdPageRequest page) {
        return lists.page(new Partition(StudioTable.INTEGRATIONS, Optional.empty(), Endpoint.ofProject(project),
                List.of()), page, Integrations::integration);
    }

    /**
     * Adds an integration.
     *
     * @param held what the project had when it was decided that it may be added
     * @param more what is written along with it, and refuses nothing
     * @return false when the project was given another one since; nothing was written then
     * @throws Failure NOT_FOUND when the project is gone
     */
    boolean add(Integration integration, Held held, List<TransactWriteItem> more) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(projects.stillThere(integration.projectId()));
        writes.addAll(held.additions());
        writes.add(put(integration, Optional.empty()));
        Map<String, AttributeValue> link = IntegrationItems.link(
                integration.endpoint().owner(), integration.id(), integration.projectId());
        writes.add(TransactWriteItem.builder().put(Put.builder().tableName(table).item(link).build()).build());
        writes.addAll(more);
        Optional<Cancellation> refused = transactions.write(integration.revision(), writes);
        refused.flatMap(cause -> projects.refusal(cause, PROJECT)).ifPresent(failure -> {
            throw failure;
        });
        return refused.isEmpty();
    }

    /** Replaces an integration if it still is as it was before; false when it is not, and nothing was written. */
    boolean replace(Integration before, Integration after, List<TransactWriteItem> more) {
        List<TransactWriteItem> writes = new ArrayList<>(List.of(put(after, Optional.of(before))));
        writes.addAll(more);
        return transactions.write(after.revision(), writes).isEmpty();
    }

    /** Removes an integration if it still is as given; false when it is not, and nothing was written. */
    boolean remove(Integration integration, List<TransactWriteItem> more) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder().delete(Delete.builder()
                .tableName(table)
                .key(key(integration.projectId(), integration.id()))
                .conditionExpression("#revision = :revision")
                .expressionAttributeNames(Map.of("#revision", IntegrationItems.REVISION))
                .expressionAttributeValues(Map.of(":revision", text(integration.revision())))
                .build()).build());
        writes.add(TransactWriteItem.builder().delete(Delete.builder()
                .tableName(table)
                .key(IntegrationItems.linkKey(integration.id(), integration.projectId()))
                .build()).build());
        writes.addAll(more);
        return transactions.write(UUID.randomUUID().toString(), writes).isEmpty();
    }

    private TransactWriteItem put(Integration integration, Optional<Integration> before) {
        Map<String, AttributeValue> item = new HashMap<>(IntegrationItems.attributes(integration.endpoint()));
        item.put(NAME, text(integration.name()));
        item.put(UPDATED_AT, text(integration.updatedAt()));
        item.put(IntegrationItems.REVISION, text(integration.revision()));
        Put.Builder put = Put.builder().tableName(table).item(item)
                .expressionAttributeNames(Map.of("#revision", IntegrationItems.REVISION));
        before.ifPresentOrElse(
                seen -> put.conditionExpression("#revision = :seen")
                        .expressionAttributeValues(Map.of(":seen", text(seen.revision()))),
                () -> put.conditionExpression("attribute_not_exists(#revision)"));
        return TransactWriteItem.builder().put(put.build()).build();
    }

    private static Integration integration(Map<String, AttributeValue> item) {
        Endpoint endpoint = IntegrationItems.endpoint(item);
        return new Integration(endpoint.interest().projects().iterator().next(), item.get(NAME).s(), endpoint,
                time(item, UPDATED_AT), item.get(IntegrationItems.REVISION).s());
    }

    private static Map<String, AttributeValue> key(UUID project, UUID id) {
        return IntegrationItems.key(Endpoint.ofProject(project), id.toString());
    }
}
