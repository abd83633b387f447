package dev.plinth.orders;

import java.util.Optional;

/**
 * What the customer ordered: the part of an order that the client writes.
 *
 * @param shippingAddress where to send the order; empty when nobody has said so yet
 */
record OrderDetails(
        String customerName,
        String customerEmail,
        String productName,
        int quantity,
        Money unitPrice,
        Optional<String> shippingAddress) {
}
