package dev.plinth.orders;

import java.util.Locale;
import java.util.Optional;

/**
 * Which orders a list holds; an empty filter holds all.
 *
 * @param customerKey a customer's e-mail address as {@link #customerKey} writes it
 */
record OrderFilter(Optional<OrderStatus> status, Optional<String> customerKey) {

    static final OrderFilter ALL = new OrderFilter(Optional.empty(), Optional.empty());

    /** Returns the address in lower case: how a list knows a customer, whose address may be spelt either way. */
    static String customerKey(String email) {
        return email.toLowerCase(Locale.ROOT);
    }

    boolean holds(Order order) {
        return status.map(order.status()::equals).orElse(true)
                && customerKey.map(customerKey(order.details().customerEmail())::equals).orElse(true);
    }
}
