package dev.plinth.orders;

/** What an order shall be after a change. */
record OrderChange(OrderDetails details, OrderStatus status) {
}
