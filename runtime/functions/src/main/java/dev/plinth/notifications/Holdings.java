package dev.plinth.notifications;

import static dev.plinth.functions.aws.Values.seconds;
import static dev.plinth.functions.aws.Values.text;

import dev.plinth.contract.StudioTable;
import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.aws.Transactions;
import dev.plinth.functions.aws.Values;
import dev.plinth.webhooks.IntegrationItems;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * What somebody holds in a partition of the integrations table, read so that a limit on it can be kept exactly. The
 * partition has a head beside it; what is added stamps the head, on condition that nothing was added since the reading.
 * Thread-safe.
 */
@Singleton
class Holdings {
    private static final String HEADS = "HEAD#";
    private static final String HEAD = "HEAD";

    /** What expired but is not removed yet goes with the next addition; more than this waits for the one after. */
    private static final int MOST_REMOVALS = 30;

    /** In a head: nothing is added to its partition any more. */
    private static final String REMOVED_AT = "removedAt";

    /** Far longer than an access token holds that was issued before. */
    private static final Duration CLOSED_FOR = Duration.ofDays(30);

    private final DynamoDbClient dynamo;
    private final Transactions transactions;
    private final String table;
    private final Clock clock;

    Holdings(DynamoDbClient dynamo, Transactions transactions, StudioTables tables, Clock clock) {
        this.dynamo = dynamo;
        this.transactions = transactions;
        this.table = tables.nameOf(StudioTable.INTEGRATIONS);
        this.clock = clock;
    }

    /**
     * What a partition held at one moment.
     *
     * @param items     those that have not expired
     * @param additions the writes that go into the transaction which adds something: none of them can be refused but
     *                  the first, by another addition
     */
    record Held(List<Map<String, AttributeValue>> items, List<TransactWriteItem> additions) {
    }

    /**
     * Reads what a partition holds.
     *
     * @throws Failure FORBIDDEN when the partition is closed
     */
    Held read(String owner) {
        Map<String, AttributeValue> head = item(headKey(owner)).orElse(Map.of());
        if (head.containsKey(REMOVED_AT)) {
            throw Failure.accountRemoved();
        }
        List<Map<String, AttributeValue>> all = all(owner);
        List<Map<String, AttributeValue>> live = all.stream().filter(item -> !isExpired(item)).toList();
        Stream<TransactWriteItem> removals = all.stream().filter(this::isExpired).limit(MOST_REMOVALS)
                .map(this::removal);
        return new Held(live, Stream.concat(Stream.of(stamp(owner, head)), removals).toList());
    }

    /** Lets nothing be added to the partition of a user who is gone: whoever has read the head before reads again. */
    void close(String owner) {
        Instant now = clock.instant();
        Map<String, AttributeValue> closed = new HashMap<>(headKey(owner));
        closed.put(IntegrationItems.REVISION, text(UUID.randomUUID()));
        closed.put(REMOVED_AT, text(now));
        closed.put(IntegrationItems.EXPIRES_AT, seconds(now.plus(CLOSED_FOR)));
        transactions.write(UUID.randomUUID().toString(), List.of(TransactWriteItem.builder()
                .put(Put.builder().tableName(table).item(closed).build()).build()));
    }

    /** Returns what a partition holds, also what has expired; some of it when it is more than one response holds. */
    List<Map<String, AttributeValue>> all(String owner) {
        return AwsFailures.calling(() -> dynamo.query(request -> request
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("#owner = :owner")
                .expressionAttributeNames(Map.of("#owner", IntegrationItems.OWNER))
                .expressionAttributeValues(Map.of(":owner", text(owner))))).items();
    }

    Optional<Map<String, AttributeValue>> item(Map<String, AttributeValue> key) {
        Map<String, AttributeValue> item = AwsFailures.calling(() -> dynamo.getItem(request -> request
                .tableName(table).key(key).consistentRead(true))).item();
        return item.isEmpty() || isExpired(item) ? Optional.empty() : Optional.of(item);
    }

    private boolean isExpired(Map<String, AttributeValue> item) {
        return Values.isExpired(item, IntegrationItems.EXPIRES_AT, clock.instant());
    }

    private TransactWriteItem stamp(String owner, Map<String, AttributeValue> head) {
        Map<String, AttributeValue> stamped = new HashMap<>(headKey(owner));
        stamped.put(IntegrationItems.REVISION, text(UUID.randomUUID()));
        Put.Builder put = Put.builder().tableName(table).item(stamped);
        if (head.isEmpty()) {
            put.conditionExpression("attribute_not_exists(#revision)");
        } else {
            put.conditionExpression("#revision = :seen")
                    .expressionAttributeValues(Map.of(":seen", head.get(IntegrationItems.REVISION)));
        }
        return TransactWriteItem.builder()
                .put(put.expressionAttributeNames(Map.of("#revision", IntegrationItems.REVISION)).build()).build();
    }

    private TransactWriteItem removal(Map<String, AttributeValue> expired) {
        return TransactWriteItem.builder().delete(Delete.builder()
                .tableName(table)
                .key(IntegrationItems.key(expired.get(IntegrationItems.OWNER).s(), expired.get(IntegrationItems.ID).s()))
                .build()).build();
    }

    private static Map<String, AttributeValue> headKey(String owner) {
        return IntegrationItems.key(HEADS + owner, HEAD);
    }
}
