package dev.plinth.orders;

/**
 * The answer to a request to create an order.
 *
 * @param order    the order as it was created
 * @param replayed true when an earlier request with the same idempotency key created it
 */
record Creation(Order order, boolean replayed) {
}
