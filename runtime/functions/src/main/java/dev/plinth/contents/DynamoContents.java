package dev.plinth.contents;

import static dev.plinth.functions.aws.Values.text;

import dev.plinth.activity.ActivityWrites;
import dev.plinth.activity.Happening;
import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.Cancellation;
import dev.plinth.functions.aws.StudioLists;
import dev.plinth.functions.aws.StudioLists.Partition;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.aws.Transactions;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.workspace.ProjectWrites;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Contents of projects, each kind in its table. Each write is a transaction with what it counts and its activity. */
@Singleton
final class DynamoContents {

    private static final String SAME = "#revision = :before";

    private final DynamoDbClient dynamo;
    private final Transactions transactions;
    private final StudioLists lists;
    private final StudioTables tables;
    private final ProjectWrites projects;
    private final ActivityWrites activity;

    DynamoContents(DynamoDbClient dynamo, Transactions transactions, StudioLists lists, StudioTables tables,
            ProjectWrites projects, ActivityWrites activity) {
        this.dynamo = dynamo;
        this.transactions = transactions;
        this.lists = lists;
        this.tables = tables;
        this.projects = projects;
        this.activity = activity;
    }

    /**
     * Adds something to a project.
     *
     * @throws dev.plinth.failure.Failure CONFLICT when the project has as many as it may have, NOT_FOUND when it is
     *         gone
     */
    void add(Content content, UUID actor) {
        ContentHead head = content.head();
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(projects.use(head.projectId(), head.kind().quota()));
        writes.add(TransactWriteItem.builder().put(put -> put
                .tableName(tables.nameOf(head.kind().table()))
                .item(ContentItems.item(content))
                .conditionExpression("attribute_not_exists(#project)")
                .expressionAttributeNames(Map.of("#project", Attributes.PROJECT_ID))).build());
        writes.addAll(happening(head, actor, "created", head.updatedAt()));
        transactions.write(content.revision(), writes).ifPresent(refused -> {
            throw projects.refusal(refused, 0, head.kind().quota())
                    .orElseThrow(() -> new IllegalStateException("Another " + head.kind().word() + " has the same id"));
        });
    }

    /** Returns what is under an id, read consistently; empty when there is nothing. */
    Optional<Content> find(ContentKind kind, UUID project, UUID id) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(tables.nameOf(kind.table()))
                .key(ContentItems.key(kind, project, id))
                .consistentRead(true)
                .build();
        GetItemResponse response = AwsFailures.calling(() -> dynamo.getItem(request));
        return response.hasItem() ? Optional.of(ContentItems.content(kind, response.item())) : Optional.empty();
    }

    IdPage<ContentHead> list(ContentKind kind, UUID project, IdPageRequest page) {
        Partition partition = Partition.of(kind.table(), project, Attributes.PROJECT_ID, kind.idAttribute(),
                ContentItems.TITLE, ContentItems.UPDATED_AT);
        return lists.page(partition, page, item -> ContentItems.head(kind, item));
    }

    /**
     * Replaces something; does nothing, and returns false, unless it is as before. What has been removed with its
     * project does not come back, as it is not as before.
     */
    boolean replace(Content before, Content after, UUID actor) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder().put(put -> put
                .tableName(tables.nameOf(after.head().kind().table()))
                .item(ContentItems.item(after))
                .conditionExpression(SAME)
                .expressionAttributeNames(Map.of("#revision", ContentItems.REVISION))
                .expressionAttributeValues(Map.of(":before", text(before.revision())))).build());
        writes.addAll(happening(after.head(), actor, "changed", after.head().updatedAt()));
        return transactions.write(after.revision(), writes).isEmpty();
    }

    /** Removes something; does nothing, and returns false, unless it is as before. */
    boolean remove(Content content, UUID actor, Instant at) {
        ContentHead head = content.head();
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder().delete(delete -> delete
                .tableName(tables.nameOf(head.kind().table()))
                .key(ContentItems.key(head.kind(), head.projectId(), head.id()))
                .conditionExpression(SAME)
                .expressionAttributeNames(Map.of("#revision", ContentItems.REVISION))
                .expressionAttributeValues(Map.of(":before", text(content.revision())))).build());
        writes.add(projects.free(head.projectId(), head.kind().quota()));
        writes.addAll(happening(head, actor, "deleted", at));
        Optional<Cancellation> refused = transactions.write(UUID.randomUUID().toString(), writes);
        refused.flatMap(cause -> projects.refusal(cause, 1)).ifPresent(gone -> {
            throw gone;
        });
        return refused.isEmpty();
    }

    private List<TransactWriteItem> happening(ContentHead head, UUID actor, String what, Instant at) {
        String word = head.kind().word();
        return activity.of(new Happening(head.projectId(), Optional.of(actor), word + "." + what,
                head.id().toString(), Map.of("name", head.title()), Map.of(word + "Changes", 1L), at));
    }
}
