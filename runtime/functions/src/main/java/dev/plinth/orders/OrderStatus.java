package dev.plinth.orders;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where an order stands. The constants are in the order in which an order can reach them: a step only ever leads to a
 * later constant, which {@link DynamoOrders} relies on when it lists all orders.
 */
@Schema(description = "Where an order stands")
enum OrderStatus {
    PENDING,
    CONFIRMED,
    SHIPPED,
    DELIVERED,
    CANCELLED;

    /** Returns the statuses that can follow this one: none for a final one. */
    Set<OrderStatus> next() {
        return switch (this) {
            case PENDING -> EnumSet.of(CONFIRMED, CANCELLED);
            case CONFIRMED -> EnumSet.of(SHIPPED, CANCELLED);
            case SHIPPED -> EnumSet.of(DELIVERED);
            case DELIVERED, CANCELLED -> EnumSet.noneOf(OrderStatus.class);
        };
    }

    /** Tells whether what was ordered may still change: not once the parcel has left, nor after the end. */
    boolean open() {
        return this == PENDING || this == CONFIRMED;
    }

    /** Returns every status by name, for a message: {@code PENDING, CONFIRMED, …}. */
    static String known() {
        return names(EnumSet.allOf(OrderStatus.class));
    }

    static String names(Set<OrderStatus> statuses) {
        return statuses.stream().map(Enum::name).collect(Collectors.joining(", "));
    }

    /** Tells whether a status has this very name; {@code pending} is none. */
    static boolean isKnown(String name) {
        return Arrays.stream(values()).anyMatch(status -> status.name().equals(name));
    }
}
