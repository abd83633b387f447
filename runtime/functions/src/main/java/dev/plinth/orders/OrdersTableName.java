package dev.plinth.orders;

/** The physical name of the orders table. A type of its own, so that no other text is taken for it. */
record OrdersTableName(String value) {
}
