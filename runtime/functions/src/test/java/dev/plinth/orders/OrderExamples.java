package dev.plinth.orders;

import dev.plinth.contract.Role;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.idempotency.KeyUse;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;

/** Orders for tests that do not care what is ordered. */
final class OrderExamples {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.000Z");
    static final UUID CUSTOMER_ID = UUID.fromString("c0570000-0000-4000-8000-000000000001");
    static final Caller CUSTOMER = new Caller(CUSTOMER_ID, "session", Role.CUSTOMER);
    static final Caller STAFF = new Caller(UUID.randomUUID(), "session", Role.STAFF);
    static final OrderDetails DETAILS = detailsFor("ada@example.org");

    private OrderExamples() {
    }

    static OrderDetails detailsFor(String email) {
        return new OrderDetails("Ada", email, "Kettle", 2, money("12.50", "EUR"), Optional.of("1 High Street\nLeeds"));
    }

    static Money money(String amount, String currency) {
        return new Money(new BigDecimal(amount), Currency.getInstance(currency));
    }

    static Order order() {
        return order(OrderStatus.PENDING, "ada@example.org", NOON);
    }

    static Order order(OrderStatus status, String email, Instant createdAt) {
        return orderOf(CUSTOMER_ID, status, email, createdAt);
    }

    static Order orderOf(UUID customer, OrderStatus status, String email, Instant createdAt) {
        return new Order(
                UUID.randomUUID(), customer, detailsFor(email), status, createdAt, createdAt, newRevision());
    }

    /** Returns the order as a later write would store it. */
    static Order moved(Order order, OrderStatus status) {
        return new Order(order.id(), order.customerId(), order.details(), status, order.createdAt(), order.createdAt(),
                newRevision());
    }

    static KeyUse<Order> use(String key, Order order, Instant usedAt) {
        return new KeyUse<>(key, "fingerprint", order, usedAt);
    }

    private static String newRevision() {
        return UUID.randomUUID().toString();
    }
}
