package dev.plinth.orders;

import dev.plinth.functions.caller.Caller;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Which orders a list holds; an empty filter holds all.
 *
 * @param customerKey a customer's e-mail address as {@link #customerKey} writes it
 * @param customerId  the user who created the orders
 */
record OrderFilter(Optional<OrderStatus> status, Optional<String> customerKey, Optional<UUID> customerId) {

    static final OrderFilter ALL = new OrderFilter(Optional.empty(), Optional.empty(), Optional.empty());

    /** Returns the part of this list that a caller may see: all of it for one who serves customers, or their own. */
    OrderFilter seenBy(Caller caller) {
        return caller.serves() ? this : new OrderFilter(status, customerKey, Optional.of(caller.userId()));
    }

    /** Returns what makes the list of this filter another one than all other lists. */
    List<String> list() {
        return List.of("orders", status.map(Enum::name).orElse(""), customerKey.orElse(""),
                customerId.map(UUID::toString).orElse(""));
    }

    /** Returns the address in lower case: how a list knows a customer, whose address may be spelt either way. */
    static String customerKey(String email) {
        return email.toLowerCase(Locale.ROOT);
    }

    boolean holds(Order order) {
        return status.map(order.status()::equals).orElse(true)
                && customerKey.map(customerKey(order.details().customerEmail())::equals).orElse(true)
                && customerId.map(order.customerId()::equals).orElse(true);
    }
}
