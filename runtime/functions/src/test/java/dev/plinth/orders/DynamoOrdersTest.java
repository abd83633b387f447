package dev.plinth.orders;

import static dev.plinth.orders.OrderExamples.NOON;
import static dev.plinth.orders.OrderExamples.moved;
import static dev.plinth.orders.OrderExamples.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.functions.aws.FaultyHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class DynamoOrdersTest extends OrdersContract {

    private static final String CUSTOMER = "ada@example.org";
    private static final int BATCH = 25;

    private final LocalOrdersTable table = new LocalOrdersTable();
    private final FaultyHttp http = new FaultyHttp();
    private final Orders orders =
            new DynamoOrders(LocalOrdersTable.client(http), new OrdersTableName(table.name()));

    @Override
    Orders orders() {
        return orders;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void listsAnOrderOnceThatMovesOnBetweenTwoQueries(int query) {
        for (OrderStatus from : OrderStatus.values()) {
            for (OrderStatus to : from.next()) {
                Order order = order(from, CUSTOMER, NOON);
                orders.add(order);
                Order moved = moved(order, to);
                http.interrupt("Query", query, () -> orders.replace(moved, order.revision()));
                OrderPage page = orders.list(OrderFilter.ALL, Optional.empty(), 5);
                assertThat(page.orders()).as("%s to %s", from, to).extracting(Order::id).containsExactly(order.id());
                assertThat(orders.remove(order.id(), moved.revision())).isTrue();
            }
        }
    }

    @Test
    void returnsAShortPageRatherThanReadWithoutEnd() {
        Order old = order(OrderStatus.CANCELLED, CUSTOMER, NOON);
        orders.add(old);
        write(IntStream.rangeClosed(1, 1005)
                .mapToObj(number -> order(OrderStatus.PENDING, CUSTOMER, NOON.plusMillis(number)))
                .toList());
        OrderFilter filter =
                new OrderFilter(Optional.of(OrderStatus.CANCELLED), Optional.of(CUSTOMER), Optional.empty());
        http.interrupt("Query", 0, () -> { });
        OrderPage first = orders.list(filter, Optional.empty(), 10);
        assertThat(http.sent()).isEqualTo(5);
        assertThat(first.orders()).isEmpty();
        assertThat(orders.list(filter, first.next(), 10)).isEqualTo(new OrderPage(List.of(old), Optional.empty()));
    }

    /** Writes many orders in few requests. */
    private void write(List<Order> many) {
        for (int from = 0; from < many.size(); from += BATCH) {
            List<WriteRequest> batch = new ArrayList<>();
            many.subList(from, Math.min(from + BATCH, many.size())).forEach(order -> batch.add(WriteRequest.builder()
                    .putRequest(put -> put.item(OrderItems.item(order)))
                    .build()));
            assertThat(table.dynamo().batchWriteItem(request -> request.requestItems(Map.of(table.name(), batch)))
                    .unprocessedItems()).isEmpty();
        }
    }
}
