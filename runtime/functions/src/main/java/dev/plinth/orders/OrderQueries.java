package dev.plinth.orders;

import dev.plinth.contract.OrdersTable;
import dev.plinth.contract.TableSchema.Index;
import dev.plinth.functions.paging.ListPosition;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Lists orders by queries of the list indexes.
 *
 * <p>A list of all orders is one query for each status, merged. The queries run one after the other in the order in
 * which an order passes through the statuses: an order that moves on meanwhile is seen again, which the merge drops,
 * but is not missed between two queries.
 */
final class OrderQueries {

    /** What one query may read, when its filter drops most of it, before it gives up with a short page. */
    private static final int READS = 5;
    private static final int FILTERED_READ_SIZE = 200;

    private final DynamoDbClient dynamo;
    private final String table;

    OrderQueries(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    OrderPage list(OrderFilter filter, Optional<ListPosition> before, int limit) {
        Merge merge = new Merge();
        for (Partition partition : partitions(filter)) {
            // One more than the page holds tells whether another page follows.
            read(partition, before, limit + 1, merge);
        }
        return merge.page(limit);
    }

    private static List<Partition> partitions(OrderFilter filter) {
        Map<String, String> status = filter.status().map(wanted -> Map.of(OrdersTable.STATUS, wanted.name()))
                .orElse(Map.of());
        if (filter.customerId().isPresent()) {
            Map<String, String> others = new TreeMap<>(status);
            filter.customerKey().ifPresent(key -> others.put(OrdersTable.CUSTOMER_KEY, key));
            return List.of(new Partition(OrdersTable.BY_OWNER, filter.customerId().get().toString(), others));
        }
        if (filter.customerKey().isPresent()) {
            return List.of(new Partition(OrdersTable.BY_CUSTOMER, filter.customerKey().get(), status));
        }
        if (filter.status().isPresent()) {
            return List.of(Partition.of(filter.status().get()));
        }
        return Arrays.stream(OrderStatus.values()).map(Partition::of).toList();
    }

    private void read(Partition partition, Optional<ListPosition> before, int wanted, Merge merge) {
        Optional<ListPosition> from = before;
        int found = 0;
        for (int reads = 0; reads < READS; reads++) {
            QueryResponse response = dynamo.query(request(partition, from, wanted));
            response.items().stream().map(OrderItems::order).forEach(merge::add);
            found += response.count();
            if (!response.hasLastEvaluatedKey()) {
                return;
            }
            from = Optional.of(OrderItems.position(response.lastEvaluatedKey()));
            if (found >= wanted) {
                break;
            }
        }
        merge.unreadBelow(from.orElseThrow());
    }

    private QueryRequest request(Partition partition, Optional<ListPosition> from, int wanted) {
        Map<String, String> names = new HashMap<>(Map.of("#partition", partition.index().key().partition()));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":partition", OrderItems.text(partition.value())));
        StringBuilder condition = new StringBuilder("#partition = :partition");
        from.ifPresent(position -> {
            condition.append(" AND #position < :position");
            names.put("#position", OrdersTable.LIST_POSITION);
            values.put(":position", OrderItems.text(position.text()));
        });
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(table)
                .indexName(partition.index().name())
                .keyConditionExpression(condition.toString())
                .scanIndexForward(false)
                .limit(wanted);
        if (!partition.filter().isEmpty()) {
            request.filterExpression(partition.filter().keySet().stream()
                    .map(attribute -> "#" + attribute + " = :" + attribute)
                    .collect(Collectors.joining(" AND "))).limit(FILTERED_READ_SIZE);
            partition.filter().forEach((attribute, value) -> {
                names.put("#" + attribute, attribute);
                values.put(":" + attribute, OrderItems.text(value));
            });
        }
        return request.expressionAttributeNames(names).expressionAttributeValues(values).build();
    }

    /**
     * A part of an index that one query reads.
     *
     * @param filter drops the orders that have another value of one of these attributes
     */
    private record Partition(Index index, String value, Map<String, String> filter) {

        static Partition of(OrderStatus status) {
            return new Partition(OrdersTable.BY_STATUS, status.name(), Map.of());
        }
    }

    /** Orders from several partitions, each order once, newest first. */
    private static final class Merge {

        private final NavigableMap<ListPosition, Order> orders = new TreeMap<>(Comparator.reverseOrder());
        private Optional<ListPosition> floor = Optional.empty();

        void add(Order order) {
            orders.put(order.position(), order);
        }

        /** Notes that a partition has not been read below a position. */
        void unreadBelow(ListPosition position) {
            floor = floor.filter(higher -> higher.compareTo(position) > 0).or(() -> Optional.of(position));
        }

        OrderPage page(int limit) {
            // Below the floor, an order of the partition that was not read to its end could be missing.
            List<Order> certain = List.copyOf(
                    floor.map(position -> orders.headMap(position, true)).orElse(orders).values());
            if (certain.size() > limit) {
                List<Order> page = certain.subList(0, limit);
                return new OrderPage(page, Optional.of(page.get(limit - 1).position()));
            }
            return new OrderPage(certain, floor);
        }
    }
}
