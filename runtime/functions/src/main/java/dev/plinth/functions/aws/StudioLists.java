package dev.plinth.functions.aws;

import dev.plinth.contract.StudioTable;
import dev.plinth.contract.TableSchema;
import dev.plinth.contract.TableSchema.Index;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Lists a partition of a table of the studio, or of one of its indexes, whose sort key is an id: newest first, in
 * pages, without what has expired. A list of a table sees every write that has completed. Safe for use by several
 * threads.
 */
@Singleton
public final class StudioLists {

    /** What a page may read, when items are large or most have expired, before it is given short. */
    private static final int READS = 5;

    private final DynamoDbClient dynamo;
    private final StudioTables tables;
    private final Clock clock;

    public StudioLists(DynamoDbClient dynamo, StudioTables tables, Clock clock) {
        this.dynamo = dynamo;
        this.tables = tables;
        this.clock = clock;
    }

    /**
     * The items of one partition key.
     *
     * @param index      empty for the table itself
     * @param attributes those to read, the sort key among them; empty for all
     */
    public record Partition(StudioTable table, Optional<Index> index, String id, List<String> attributes) {
        public static Partition of(StudioTable table, UUID id, String... attributes) {
            return new Partition(table, Optional.empty(), id.toString(), List.of(attributes));
        }

        public static Partition ofIndex(StudioTable table, String index, UUID id) {
            return new Partition(table, Optional.of(table.index(index)), id.toString(), List.of());
        }

        private TableSchema.Key key() {
            return index.map(Index::key).orElse(table.schema().key());
        }

        private String sortKey() {
            return key().sort().orElseThrow(() -> new IllegalArgumentException(table + " has no sort key to list by"));
        }
    }

    /**
     * Returns a page.
     *
     * @throws dev.plinth.failure.Failure UNAVAILABLE when the table throttles or does not answer
     */
    public <T> IdPage<T> page(Partition partition, IdPageRequest page, Function<Map<String, AttributeValue>, T> read) {
        // One more than the page holds tells whether another page follows.
        QueryRequest.Builder request = request(partition, page.after()).limit(page.limit() + 1);
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        for (int reads = 1;; reads++) {
            QueryResponse response = AwsFailures.calling(() -> dynamo.query(request.build()));
            items.addAll(response.items());
            if (items.size() > page.limit()) {
                List<Map<String, AttributeValue>> some = items.subList(0, page.limit());
                return page(some, Optional.of(some.get(page.limit() - 1)), partition, read);
            }
            if (!response.hasLastEvaluatedKey() || response.lastEvaluatedKey().isEmpty()) {
                return page(items, Optional.empty(), partition, read);
            }
            if (reads == READS) {
                return page(items, Optional.of(response.lastEvaluatedKey()), partition, read);
            }
            request.exclusiveStartKey(response.lastEvaluatedKey());
        }
    }

    private QueryRequest.Builder request(Partition partition, Optional<UUID> after) {
        Map<String, String> names = new HashMap<>(Map.of("#partition", partition.key().partition()));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":partition", Values.text(partition.id())));
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(tables.nameOf(partition.table()))
                .scanIndexForward(false)
                .consistentRead(partition.index().isEmpty());
        partition.index().ifPresent(index -> request.indexName(index.name()));
        String condition = "#partition = :partition";
        if (after.isPresent()) {
            // A range, and no start key: an index wants the keys of its table there, which a cursor does not hold.
            condition += " AND #id < :after";
            names.put("#id", partition.sortKey());
            values.put(":after", Values.text(after.get()));
        }
        partition.table().schema().timeToLive().ifPresent(expiry -> {
            request.filterExpression("attribute_not_exists(#expiry) OR #expiry > :now");
            names.put("#expiry", expiry);
            values.put(":now", Values.seconds(clock.instant()));
        });
        if (!partition.attributes().isEmpty()) {
            StringJoiner projection = new StringJoiner(", ");
            partition.attributes().forEach(attribute -> {
                projection.add("#projected" + names.size());
                names.put("#projected" + names.size(), attribute);
            });
            request.projectionExpression(projection.toString());
        }
        return request.keyConditionExpression(condition)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values);
    }

    private static <T> IdPage<T> page(List<Map<String, AttributeValue>> items,
            Optional<Map<String, AttributeValue>> last, Partition partition,
            Function<Map<String, AttributeValue>, T> read) {
        return new IdPage<>(items.stream().map(read).toList(),
                last.map(key -> UUID.fromString(key.get(partition.sortKey()).s())));
    }
}
