package dev.plinth.orders;

import static dev.plinth.orders.OrderExamples.CUSTOMER;
import static dev.plinth.orders.OrderExamples.DETAILS;
import static dev.plinth.orders.OrderExamples.NOON;
import static dev.plinth.orders.OrderExamples.STAFF;
import static dev.plinth.orders.OrderExamples.moved;
import static dev.plinth.orders.OrderExamples.order;
import static dev.plinth.orders.OrderExamples.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.plinth.contract.OrdersTable;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.FaultyHttp;
import dev.plinth.functions.aws.FaultyHttp.Fault;
import dev.plinth.functions.http.RevisionCondition;
import dev.plinth.functions.idempotency.Creation;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What becomes of writes when the table throttles, breaks, cannot be reached, or answers into the void. */
class DynamoOrdersFaultTest {

    private static final int ALWAYS = Integer.MAX_VALUE;

    private final LocalOrdersTable table = new LocalOrdersTable();
    private final FaultyHttp http = new FaultyHttp();
    private final Orders orders =
            new DynamoOrders(LocalOrdersTable.client(http), new OrdersTableName(table.name()));
    private final OrderService service = new OrderService(orders, Clock.fixed(NOON, ZoneOffset.UTC));

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"THROTTLED", "BROKEN", "UNREACHABLE", "ANSWER_LOST"})
    void addsAnOrderOnceAcrossAFault(Fault fault) {
        http.fail("PutItem", fault, 1);
        Order order = service.create(CUSTOMER, DETAILS);
        assertThat(http.sent()).isEqualTo(2);
        assertThat(listed()).containsExactly(order);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = {"DENIED", "TRANSACTION_THROTTLED"})
    void addsAnOrderOnceForAKeyAcrossAFault(Fault fault) {
        http.fail("TransactWriteItems", fault, 1);
        Creation<Order> creation = service.createOnce(CUSTOMER, DETAILS, "key");
        assertThat(http.sent()).isEqualTo(2);
        assertThat(creation.replayed()).isFalse();
        assertThat(listed()).containsExactly(creation.created());
        assertThat(service.createOnce(CUSTOMER, DETAILS, "key")).isEqualTo(new Creation<>(creation.created(), true));
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"THROTTLED", "BROKEN", "UNREACHABLE", "ANSWER_LOST"})
    void changesTheNamedRevisionAcrossAFault(Fault fault) {
        Order order = service.create(CUSTOMER, DETAILS);
        http.fail("PutItem", fault, 1);
        Order changed = service.change(STAFF, order.id(), new RevisionCondition(Optional.of(Set.of(order.revision()))),
                change -> new OrderChange(change.details(), OrderStatus.CONFIRMED));
        assertThat(http.sent()).isEqualTo(2);
        assertThat(orders.find(order.id())).contains(changed);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"THROTTLED", "BROKEN", "UNREACHABLE", "ANSWER_LOST"})
    void removesAnOrderAcrossAFault(Fault fault) {
        Order order = service.create(CUSTOMER, DETAILS);
        http.fail("DeleteItem", fault, 1);
        service.remove(STAFF, order.id(), RevisionCondition.ANY);
        assertThat(http.sent()).isEqualTo(2);
        assertThat(table.items()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"THROTTLED", "BROKEN", "UNREACHABLE"})
    void writesNothingWhileTheTableFails(Fault fault) {
        Order order = service.create(CUSTOMER, DETAILS);
        http.fail("PutItem", fault, ALWAYS);
        assertUnavailable(() -> orders.add(order()));
        assertUnavailable(() -> orders.replace(moved(order, OrderStatus.CONFIRMED), order.revision()));
        http.fail("TransactWriteItems", fault, ALWAYS);
        assertUnavailable(() -> service.createOnce(CUSTOMER, DETAILS, "key"));
        http.fail("DeleteItem", fault, ALWAYS);
        assertUnavailable(() -> orders.remove(order.id(), order.revision()));
        assertThat(table.items()).hasSize(1);
        assertThat(listed()).containsExactly(order);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"THROTTLED", "BROKEN", "UNREACHABLE", "ANSWER_LOST"})
    void readsNothingWhileTheTableFails(Fault fault) {
        http.fail("GetItem", fault, ALWAYS);
        assertUnavailable(() -> orders.find(UUID.randomUUID()));
        http.fail("Query", fault, ALWAYS);
        assertUnavailable(() -> orders.list(OrderFilter.ALL, Optional.empty(), 1));
    }

    @Test
    void replaysTheOrderWhoseAnswersWereAllLost() {
        http.fail("TransactWriteItems", Fault.ANSWER_LOST, ALWAYS);
        assertUnavailable(() -> service.createOnce(CUSTOMER, DETAILS, "key"));
        http.recover();
        Creation<Order> creation = service.createOnce(CUSTOMER, DETAILS, "key");
        assertThat(creation.replayed()).isTrue();
        assertThat(listed()).containsExactly(creation.created());
    }

    @Test
    void givesUpATransactionThatAlwaysMeetsAnother() {
        http.fail("TransactWriteItems", Fault.TRANSACTION_CONFLICT, ALWAYS);
        assertUnavailable(() -> orders.addOnce(use("key", order(), NOON)));
        assertThat(http.sent()).isEqualTo(8);
        assertThat(table.items()).isEmpty();
    }

    @Test
    void doesNotPressATableThatThrottlesATransaction() {
        http.fail("TransactWriteItems", Fault.TRANSACTION_THROTTLED, ALWAYS);
        assertUnavailable(() -> orders.addOnce(use("key", order(), NOON)));
        assertThat(http.sent()).isEqualTo(1);
        assertThat(table.items()).isEmpty();
    }

    @Test
    void doesNotTakeMissingPermissionForAPassingFault() {
        http.fail("GetItem", Fault.DENIED, ALWAYS);
        assertThatThrownBy(() -> orders.find(UUID.randomUUID())).isInstanceOf(DynamoDbException.class);
        assertThat(http.sent()).isEqualTo(1);
    }

    @Test
    void primesItsWritesWithoutWriting() {
        DynamoOrders primed = (DynamoOrders) orders;
        for (String operation : List.of("PutItem", "DeleteItem", "TransactWriteItems")) {
            http.fail(operation, Fault.BROKEN, 0);
            primed.prime();
            assertThat(http.sent()).as(operation).isEqualTo(1);
        }
        assertThat(table.items()).isEmpty();
    }

    @Test
    void keepsAUseOutOfEveryIndex() {
        orders.addOnce(use("key", order(), NOON));
        for (String index : OrdersTable.SCHEMA.indexes().stream().map(each -> each.name()).toList()) {
            assertThat(table.dynamo().scan(request -> request.tableName(table.name()).indexName(index)).count())
                    .as(index)
                    .isEqualTo(1);
        }
    }

    private List<Order> listed() {
        return orders.list(OrderFilter.ALL, Optional.empty(), 10).orders();
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(Failure.class))
                .extracting(Failure::kind)
                .isEqualTo(Kind.UNAVAILABLE);
    }
}
