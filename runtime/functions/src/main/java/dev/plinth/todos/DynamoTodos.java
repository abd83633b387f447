package dev.plinth.todos;

import dev.plinth.contract.TodosTable;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.Cancellation;
import dev.plinth.functions.aws.Pause;
import dev.plinth.functions.idempotency.KeyUse;
import dev.plinth.functions.paging.ListPosition;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Todos in the DynamoDB table of {@link TodosTable}. Each write is a transaction of the todo and its owner's figures.
 * DynamoDB knows a repeated transaction by its token, so one whose answer was lost takes effect once.
 */
@Singleton
class DynamoTodos implements Todos {

    private static final String ABSENT = "attribute_not_exists(#pk)";
    private static final String SAME_REVISION = "#revision = :revision";

    /** Where a transaction puts the todo, the figures and the use of a key. */
    private static final int TODO = 0;
    private static final int FIGURES = 1;
    private static final int USE = 2;

    /**
     * Transactions of one user meet on the figures and cancel each other. A crowd of them gets through, each pausing
     * for up to 10 milliseconds more after each attempt: half a second at most, in all.
     */
    private static final int ATTEMPTS = 10;

    private final DynamoDbClient dynamo;
    private final TodoQueries queries;
    private final String table;

    DynamoTodos(DynamoDbClient dynamo, TodosTableName table) {
        this.dynamo = dynamo;
        this.queries = new TodoQueries(dynamo, table.value());
        this.table = table.value();
    }

    @Override
    public void add(Todo todo) {
        write(todo.revision(), creation(todo)).ifPresent(DynamoTodos::refuseCreation);
    }

    @Override
    public Optional<KeyUse<Todo>> addOnce(KeyUse<Todo> use) {
        List<TransactWriteItem> writes = new ArrayList<>(creation(use.created()));
        writes.add(TransactWriteItem.builder().put(claim(use)).build());
        Optional<Cancellation> refused = write(use.created().revision(), writes);
        Optional<KeyUse<Todo>> earlier = refused.flatMap(cause -> cause.itemAgainst(USE)).map(TodoItems::use);
        if (earlier.isEmpty()) {
            refused.ifPresent(DynamoTodos::refuseCreation);
        }
        return earlier;
    }

    @Override
    public Optional<Todo> find(UUID user, UUID id) {
        return item(TodoItems.todoKey(user, id)).map(TodoItems::todo);
    }

    @Override
    public boolean replace(Todo before, Todo after) {
        Put put = Put.builder()
                .tableName(table)
                .item(TodoItems.item(after))
                .conditionExpression(SAME_REVISION)
                .expressionAttributeNames(Map.of("#revision", TodoItems.REVISION))
                .expressionAttributeValues(Map.of(":revision", TodoItems.text(before.revision())))
                .build();
        Figures difference = Figures.difference(Optional.of(before), Optional.of(after));
        boolean archives = difference.archived().values().stream().anyMatch(number -> number > 0);
        Collection<Instant> dead = archives ? deadExpiries(before.userId(), after.updatedAt()) : List.of();
        Optional<Cancellation> refused = write(after.revision(), List.of(
                TransactWriteItem.builder().put(put).build(), figures(before.userId(), difference, dead)));
        refused.ifPresent(DynamoTodos::refuseUnlessStale);
        return refused.isEmpty();
    }

    @Override
    public boolean remove(Todo todo) {
        Delete delete = Delete.builder()
                .tableName(table)
                .key(TodoItems.todoKey(todo.userId(), todo.id()))
                .conditionExpression(SAME_REVISION)
                .expressionAttributeNames(Map.of("#revision", TodoItems.REVISION))
                .expressionAttributeValues(Map.of(":revision", TodoItems.text(todo.revision())))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        Figures difference = Figures.difference(Optional.of(todo), Optional.empty());
        // A token of its own: the revision is that of the write before.
        Optional<Cancellation> refused = write(UUID.randomUUID().toString(), List.of(
                TransactWriteItem.builder().delete(delete).build(), figures(todo.userId(), difference, List.of())));
        refused.ifPresent(DynamoTodos::refuseUnlessStale);
        return refused.isEmpty() || refused.get().itemAgainst(TODO).isEmpty();
    }

    @Override
    public TodoPage list(UUID user, TodoFilter filter, Optional<ListPosition> after, int limit, Instant now) {
        return AwsFailures.calling(() -> queries.list(user, filter, after, limit, now));
    }

    private List<TransactWriteItem> creation(Todo todo) {
        Put put = Put.builder()
                .tableName(table)
                .item(TodoItems.item(todo))
                .conditionExpression(ABSENT)
                .expressionAttributeNames(Map.of("#pk", TodosTable.PK))
                .build();
        Figures difference = Figures.difference(Optional.empty(), Optional.of(todo));
        return List.of(TransactWriteItem.builder().put(put).build(), figures(todo.userId(), difference, List.of()));
    }

    private Put claim(KeyUse<Todo> use) {
        return Put.builder()
                .tableName(table)
                .item(TodoItems.item(use))
                // TTL removes an expired item some time later, up to days.
                .conditionExpression(ABSENT + " OR #expiresAt <= :now")
                .expressionAttributeNames(Map.of("#pk", TodosTable.PK, "#expiresAt", TodosTable.EXPIRES_AT))
                .expressionAttributeValues(Map.of(":now", TodoItems.seconds(use.usedAt())))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    private TransactWriteItem figures(UUID user, Figures difference, Collection<Instant> dead) {
        return TransactWriteItem.builder().update(FiguresWrite.of(table, user, difference, dead)).build();
    }

    /** Returns why the writes were refused; empty when they were carried out. */
    private Optional<Cancellation> write(String token, List<TransactWriteItem> writes) {
        TransactWriteItemsRequest request =
                TransactWriteItemsRequest.builder().clientRequestToken(token).transactItems(writes).build();
        for (int attempt = 1;; attempt++) {
            try {
                dynamo.transactWriteItems(request);
                return Optional.empty();
            } catch (TransactionCanceledException e) {
                Cancellation cancellation = new Cancellation(e);
                if (cancellation.isCondition()) {
                    return Optional.of(cancellation);
                }
                if (!cancellation.isConflict() || attempt == ATTEMPTS) {
                    throw AwsFailures.translate(e);
                }
                Pause.after(attempt);
            } catch (SdkException e) {
                throw AwsFailures.translate(e);
            }
        }
    }

    private static void refuseCreation(Cancellation cause) {
        refuse(cause.itemAgainst(FIGURES)
                .orElseThrow(() -> new IllegalStateException("Another todo of this user has the same id")));
    }

    /** A todo that is not as the caller thought is no reason to refuse: the caller will look again. */
    private static void refuseUnlessStale(Cancellation cause) {
        if (!cause.isAgainst(TODO)) {
            cause.itemAgainst(FIGURES).ifPresent(DynamoTodos::refuse);
        }
    }

    private static void refuse(Map<String, AttributeValue> figures) {
        if (TodoItems.isRemoved(figures)) {
            throw new Failure(Kind.NOT_FOUND, "The user is gone, and so are their todos.");
        }
        throw new Failure(Kind.CONFLICT, "You keep " + MOST_KEPT + " todos that are not archived, which is the most."
                + " Archive or delete one first.");
    }

    private Collection<Instant> deadExpiries(UUID user, Instant now) {
        return item(TodoItems.figuresKey(user)).map(TodoItems::figures).orElse(Figures.NONE).archived().keySet()
                .stream().filter(expiry -> !expiry.isAfter(now)).toList();
    }

    private Optional<Map<String, AttributeValue>> item(Map<String, AttributeValue> key) {
        GetItemRequest request = GetItemRequest.builder().tableName(table).key(key).consistentRead(true).build();
        GetItemResponse response = AwsFailures.calling(() -> dynamo.getItem(request));
        return response.hasItem() ? Optional.of(response.item()) : Optional.empty();
    }
}
