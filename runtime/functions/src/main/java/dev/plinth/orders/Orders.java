package dev.plinth.orders;

import dev.plinth.functions.idempotency.KeyUse;
import dev.plinth.functions.paging.ListPosition;
import java.util.Optional;
import java.util.UUID;

/**
 * The orders that the service keeps. Each method is atomic, whoever else reads and writes. A method whose answer was
 * lost on the way back may be carried out again by its implementation, but never takes effect twice.
 *
 * <p>Every method throws {@link dev.plinth.failure.Failure} UNAVAILABLE when the store does not answer in time. Then a
 * write may or may not have happened, and the caller may try again.
 */
interface Orders {

    /** Adds a new order. */
    void add(Order order);

    /**
     * Adds {@code use.created()} unless the key is in use; a use that has expired at {@code use.usedAt()} counts for
     * nothing.
     *
     * @return the earlier use of the key, in which case nothing was written; empty when the order was added
     */
    Optional<KeyUse<Order>> addOnce(KeyUse<Order> use);

    /** Returns the order as the latest completed write left it; empty when there is none. */
    Optional<Order> find(UUID id);

    /**
     * Replaces an order if it still has a revision.
     *
     * @param revision the revision that {@code order} was derived from
     * @return false when the order has another revision by now, or is gone; nothing was written then
     */
    boolean replace(Order order, String revision);

    /**
     * Removes an order if it still has a revision.
     *
     * @return false when the order has another revision by now, and stays; true when it is gone
     */
    boolean remove(UUID id, String revision);

    /**
     * Lists orders, newest first. A list follows the writes with a delay, of less than a second as a rule.
     *
     * @param before list orders older than this position only; empty to start with the newest
     * @param limit  the most orders to return, at least 1
     */
    OrderPage list(OrderFilter filter, Optional<ListPosition> before, int limit);
}
