package dev.plinth.orders;

import dev.plinth.functions.time.Timestamps;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** An order as clients see it. */
@Serdeable
@Schema(name = "Order", description = "An order. The totalPrice is quantity times unitPrice, exactly.")
record OrderRepresentation(
        @NotNull @Schema(format = "uuid", example = "7d9f4a38-5f0e-4c3c-9a55-0a1f6f0d2b11") String id,
        @NotNull @Schema(format = "uuid", description = "The user who created the order") String customerId,
        @NotNull @Schema(example = "Ada Lovelace") String customerName,
        @NotNull @Schema(format = "email", example = "ada@example.org") String customerEmail,
        @NotNull @Schema(example = "Kettle") String productName,
        @Schema(example = "2") int quantity,
        @NotNull Amount unitPrice,
        @NotNull Amount totalPrice,
        @NotNull OrderStatus status,
        @Nullable @Schema(description = "Absent when nobody has given one") String shippingAddress,
        @NotNull @Schema(format = "date-time", example = "2026-03-01T12:00:00.000Z") String createdAt,
        @NotNull @Schema(format = "date-time", example = "2026-03-01T12:00:00.000Z") String updatedAt) {

    static OrderRepresentation of(Order order) {
        OrderDetails details = order.details();
        return new OrderRepresentation(
                order.id().toString(),
                order.customerId().toString(),
                details.customerName(),
                details.customerEmail(),
                details.productName(),
                details.quantity(),
                Amount.of(details.unitPrice()),
                Amount.of(order.totalPrice()),
                order.status(),
                details.shippingAddress().orElse(null),
                Timestamps.text(order.createdAt()),
                Timestamps.text(order.updatedAt()));
    }
}
