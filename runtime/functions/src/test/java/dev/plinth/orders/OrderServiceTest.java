package dev.plinth.orders;

import static dev.plinth.orders.OrderExamples.CUSTOMER;
import static dev.plinth.orders.OrderExamples.DETAILS;
import static dev.plinth.orders.OrderExamples.NOON;
import static dev.plinth.orders.OrderExamples.STAFF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.http.RevisionCondition;
import dev.plinth.functions.idempotency.Creation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class OrderServiceTest {

    private final OrderService service = service(new InMemoryOrders(), NOON);

    @Test
    void losesNoChangeOfWritersWithoutAConditionInMemory() throws Exception {
        assertNoChangeIsLost(service);
    }

    @Test
    void losesNoChangeOfWritersWithoutAConditionInDynamo() throws Exception {
        LocalOrdersTable table = new LocalOrdersTable();
        assertNoChangeIsLost(service(new DynamoOrders(table.dynamo(), new OrdersTableName(table.name())), NOON));
    }

    @Test
    void derivesAChangeAgainFromWhatAnotherWriterLeft() {
        Order order = service.create(CUSTOMER, DETAILS);
        AtomicInteger calls = new AtomicInteger();
        Order changed = service.change(STAFF, order.id(), RevisionCondition.ANY, current -> {
            if (calls.getAndIncrement() == 0) {
                service.change(STAFF, order.id(), RevisionCondition.ANY,
                        other -> new OrderChange(other.details(), OrderStatus.CONFIRMED));
            }
            return new OrderChange(quantity(current.details(), 9), current.status());
        });
        assertThat(changed.status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(changed.details().quantity()).isEqualTo(9);
    }

    @Test
    void refusesAConditionThatAnotherWriterBreaksMeanwhile() {
        Order order = service.create(CUSTOMER, DETAILS);
        RevisionCondition condition = new RevisionCondition(Optional.of(Set.of(order.revision())));
        assertFails(Kind.STALE, () -> service.change(STAFF, order.id(), condition, current -> {
            service.change(STAFF, order.id(), RevisionCondition.ANY,
                    other -> new OrderChange(quantity(other.details(), 8), other.status()));
            return new OrderChange(quantity(current.details(), 9), current.status());
        }));
        assertThat(service.find(STAFF, order.id()).details().quantity()).isEqualTo(8);
    }

    @Test
    void givesUpWhenOthersNeverStopChangingAnOrder() {
        OrderService contended = service(new InMemoryOrders() {
            @Override
            public boolean replace(Order order, String revision) {
                return false;
            }

            @Override
            public boolean remove(UUID id, String revision) {
                return false;
            }
        }, NOON);
        Order order = contended.create(CUSTOMER, DETAILS);
        assertFails(Kind.UNAVAILABLE, () -> contended.change(STAFF, order.id(), RevisionCondition.ANY,
                current -> new OrderChange(current.details(), OrderStatus.CONFIRMED)));
        assertFails(Kind.UNAVAILABLE, () -> contended.remove(STAFF, order.id(), RevisionCondition.ANY));
    }

    @Test
    void keepsTimesToTheMillisecondThatIsStored() {
        InMemoryOrders orders = new InMemoryOrders();
        Order order = service(orders, NOON.plusNanos(1_999_999)).create(CUSTOMER, DETAILS);
        assertThat(order.createdAt()).isEqualTo(NOON.plusMillis(1));
        Order changed = service(orders, NOON.plusSeconds(5)).change(STAFF, order.id(), RevisionCondition.ANY,
                current -> new OrderChange(current.details(), OrderStatus.CONFIRMED));
        assertThat(changed.createdAt()).isEqualTo(order.createdAt());
        assertThat(changed.updatedAt()).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void createsAnotherOrderWhenAKeyHasExpired() {
        InMemoryOrders orders = new InMemoryOrders();
        Order first = service(orders, NOON).createOnce(CUSTOMER, DETAILS, "key").created();
        Instant expiry = NOON.plus(Duration.ofHours(24));
        assertThat(service(orders, expiry.minusMillis(1)).createOnce(CUSTOMER, DETAILS, "key"))
                .isEqualTo(new Creation<>(first, true));
        Creation<Order> second = service(orders, expiry).createOnce(CUSTOMER, DETAILS, "key");
        assertThat(second.replayed()).isFalse();
        assertThat(second.created().id()).isNotEqualTo(first.id());
    }

    private static void assertNoChangeIsLost(OrderService service) throws Exception {
        Order order = service.create(CUSTOMER, quantity(DETAILS, 0));
        int writers = 4;
        int changes = 15;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                running.add(threads.submit(() -> {
                    for (int done = 0; done < changes; done++) {
                        addOne(service, order);
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(service.find(STAFF, order.id()).details().quantity()).isEqualTo(writers * changes);
    }

    /** Does what a client does: asks again when the service says that too many others are at it. */
    private static void addOne(OrderService service, Order order) {
        for (boolean done = false; !done; ) {
            try {
                service.change(STAFF, order.id(), RevisionCondition.ANY, current -> new OrderChange(
                        quantity(current.details(), current.details().quantity() + 1), current.status()));
                done = true;
            } catch (Failure failure) {
                assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            }
        }
    }

    private static OrderService service(Orders orders, Instant now) {
        return new OrderService(orders, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static OrderDetails quantity(OrderDetails details, int quantity) {
        return new OrderDetails(details.customerName(), details.customerEmail(), details.productName(), quantity,
                details.unitPrice(), details.shippingAddress());
    }

    private static void assertFails(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call).asInstanceOf(type(Failure.class)).extracting(Failure::kind).isEqualTo(kind);
    }
}
