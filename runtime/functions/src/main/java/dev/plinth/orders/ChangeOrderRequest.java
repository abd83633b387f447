package dev.plinth.orders;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/**
 * The fields of an order that a client may change. A patch names those it changes, so the API's description requires
 * none of them; what the patch makes of an order must have all but the address.
 */
@Serdeable
@Schema(name = "OrderPatch", description = "A merge patch (RFC 7396) of an order. Fields that only the server sets are"
        + " ignored; null removes the shippingAddress.")
record ChangeOrderRequest(
        @NotNull
        @Rules.Name
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, example = "Ada Lovelace")
        String customerName,

        @NotNull
        @Rules.Email
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, format = "email", example = "ada@example.org")
        String customerEmail,

        @NotNull
        @Rules.Name
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, example = "Kettle")
        String productName,

        @NotNull
        @Rules.Quantity
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED, example = "2")
        Integer quantity,

        @NotNull
        @Valid
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        Price unitPrice,

        @Nullable
        @Rules.Address
        @Schema(nullable = true, example = "12 St James's Square, London")
        String shippingAddress,

        @NotNull
        @Schema(requiredMode = RequiredMode.NOT_REQUIRED)
        OrderStatus status) {

    static ChangeOrderRequest of(OrderChange current) {
        OrderDetails details = current.details();
        return new ChangeOrderRequest(details.customerName(), details.customerEmail(), details.productName(),
                details.quantity(), Price.of(details.unitPrice()), details.shippingAddress().orElse(null),
                current.status());
    }

    /**
     * Returns what the order shall be.
     *
     * @throws dev.plinth.failure.Failure INVALID_REQUEST when the price is finer than its currency
     */
    OrderChange change() {
        OrderDetails details = new OrderDetails(customerName, customerEmail, productName, quantity,
                unitPrice.money("/unitPrice"), Optional.ofNullable(shippingAddress));
        return new OrderChange(details, status);
    }
}
