package dev.plinth.orders;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.Pause;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.RevisionCondition;
import dev.plinth.functions.idempotency.Creation;
import dev.plinth.functions.idempotency.Fingerprint;
import dev.plinth.functions.idempotency.KeyUse;
import dev.plinth.functions.paging.ListPosition;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What a caller can do with orders. Who serves customers sees all orders and takes them from step to step; everybody
 * else sees their own, and for them the orders of others do not exist. Safe for use by several threads.
 */
@Singleton
class OrderService {

    /**
     * How often a change is derived anew from an order that others keep changing. Each failed attempt means that
     * another writer got through. The pauses between attempts add up to half a second at most, so a request that
     * never gets its turn is told so long before its time is up.
     */
    private static final int ATTEMPTS = 10;

    private final Orders orders;
    private final Clock clock;

    OrderService(Orders orders, Clock clock) {
        this.orders = orders;
        this.clock = clock;
    }

    Order create(Caller caller, OrderDetails details) {
        Order order = newOrder(caller, details);
        orders.add(order);
        return order;
    }

    /**
     * Creates an order, or returns the one that an earlier request of this caller with this key and these details
     * created.
     *
     * @throws Failure KEY_REUSED when the earlier request had other details
     */
    Creation<Order> createOnce(Caller caller, OrderDetails details, String key) {
        Order order = newOrder(caller, details);
        KeyUse<Order> use = new KeyUse<>(key, fingerprint(details), order, order.createdAt());
        return use.after(orders.addOnce(use));
    }

    /** Throws NOT_FOUND for an order that is not the caller's to see, in the words for one that does not exist. */
    Order find(Caller caller, UUID id) {
        return orders.find(id)
                .filter(order -> caller.serves() || caller.is(order.customerId()))
                .orElseThrow(() -> unknown(id));
    }

    /** Lists what the caller may see of the orders that a filter holds. */
    OrderPage list(Caller caller, OrderFilter filter, Optional<ListPosition> before, int limit) {
        return orders.list(filter.seenBy(caller), before, limit);
    }

    /**
     * Changes an order. Without a condition, a change that meets another one is derived again from its result, so
     * neither is lost. A change that changes nothing keeps the revision.
     *
     * @param change derives what the order shall be from what it is; may be called several times
     * @throws Failure NOT_FOUND, STALE when the order does not meet the condition, FORBIDDEN when a customer takes a
     *                 step other than to cancel, CONFLICT when the order's status does not allow the change, or
     *                 UNAVAILABLE when too many others changed the order meanwhile
     */
    Order change(Caller caller, UUID id, RevisionCondition condition, UnaryOperator<OrderChange> change) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Order current = admitted(caller, id, condition);
            OrderChange wanted = change.apply(new OrderChange(current.details(), current.status()));
            if (!current.differsFrom(wanted)) {
                return current;
            }
            requireStepOf(caller, current, wanted);
            Order changed = current.after(wanted, now(), newRevision());
            if (orders.replace(changed, current.revision())) {
                return changed;
            }
            Pause.after(attempt);
        }
        throw contended();
    }

    /**
     * Removes an order for good, whatever its status: removal is not a step of the order's life, as cancelling is,
     * but takes the record away, for instance because its customer has the right to that.
     *
     * @throws Failure NOT_FOUND, STALE when the order does not meet the condition, or UNAVAILABLE when too many others
     *                 changed the order meanwhile
     */
    void remove(Caller caller, UUID id, RevisionCondition condition) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (orders.remove(id, admitted(caller, id, condition).revision())) {
                return;
            }
            Pause.after(attempt);
        }
        throw contended();
    }

    private Order admitted(Caller caller, UUID id, RevisionCondition condition) {
        Order order = find(caller, id);
        if (!condition.admits(order.revision())) {
            throw new Failure(Kind.STALE, "The order has changed since the state that If-Match names. Read it again.");
        }
        return order;
    }

    private static void requireStepOf(Caller caller, Order current, OrderChange wanted) {
        boolean step = wanted.status() != current.status();
        if (step && wanted.status() != OrderStatus.CANCELLED && !caller.serves()) {
            throw new Failure(Kind.FORBIDDEN, "A customer may make an order CANCELLED; the other steps are taken by"
                    + " staff.");
        }
    }

    private Order newOrder(Caller caller, OrderDetails details) {
        Instant now = now();
        return new Order(UUID.randomUUID(), caller.userId(), details, OrderStatus.PENDING, now, now, newRevision());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String newRevision() {
        return UUID.randomUUID().toString();
    }

    private static String fingerprint(OrderDetails details) {
        return HexFormat.of().formatHex(Fingerprint.of(List.of(
                details.customerName(),
                details.customerEmail(),
                details.productName(),
                Integer.toString(details.quantity()),
                details.unitPrice().text(),
                details.unitPrice().currency().getCurrencyCode(),
                details.shippingAddress().map("address:"::concat).orElse(""))));
    }

    private static Failure unknown(UUID id) {
        return new Failure(Kind.NOT_FOUND, "There is no order " + id + ".");
    }

    private static Failure contended() {
        return new Failure(Kind.UNAVAILABLE, "Too many requests change this order at once. Try again.");
    }
}
