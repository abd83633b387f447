package dev.plinth.orders;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/** The body of a request to create an order. */
@Serdeable
@Schema(name = "NewOrder", description = "An order to create. Fields that only the server sets are ignored.")
record CreateOrderRequest(
        @NotNull @Rules.Name @Schema(example = "Ada Lovelace") String customerName,
        @NotNull @Rules.Email @Schema(format = "email", example = "ada@example.org") String customerEmail,
        @NotNull @Rules.Name @Schema(example = "Kettle") String productName,
        @NotNull @Rules.Quantity @Schema(example = "2") Integer quantity,
        @NotNull @Valid Price unitPrice,
        @Nullable @Rules.Address @Schema(example = "12 St James's Square, London") String shippingAddress) {

    /**
     * Returns what is ordered.
     *
     * @throws dev.plinth.failure.Failure INVALID_REQUEST when the price is finer than its currency
     */
    OrderDetails details() {
        return new OrderDetails(customerName, customerEmail, productName, quantity, unitPrice.money("/unitPrice"),
                Optional.ofNullable(shippingAddress));
    }
}
