package dev.plinth.orders;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** An amount of money as clients see it. */
@Serdeable
@Schema(description = "An amount of money, with the decimals of its currency, two at most")
record Amount(
        @NotNull @Schema(example = "25.00") String amount,
        @NotNull @Schema(description = "An ISO 4217 code", example = "EUR") String currency) {

    static Amount of(Money money) {
        return new Amount(money.text(), money.currency().getCurrencyCode());
    }
}
