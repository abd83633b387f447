package dev.plinth.orders;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.Currency;

/** A price as a client writes it. The amount is a text, since a JSON number is read as a binary fraction by many. */
@Serdeable
@Schema(name = "Price", description = "A price of one piece")
record Price(
        @NotNull
        @Pattern(regexp = PLAIN, message = "must be a decimal number with at most two decimals, for example 12.50")
        @DecimalMin(value = LOWEST, message = "must be at least " + LOWEST)
        @DecimalMax(value = HIGHEST, message = "must be at most " + HIGHEST)
        @Schema(
                description = "A decimal number from 0.01 to 1000000, with no more decimals than the currency has",
                example = "12.50")
        String amount,

        @NotNull
        @KnownCurrency
        @Schema(description = "An ISO 4217 code", example = "EUR", pattern = "^[A-Z]{3}$")
        String currency) {

    /** Digits of ASCII only, no sign, no exponent, no leading zero; the range below ends long before the digits do. */
    private static final String PLAIN = "^(?:0|[1-9][0-9]{0,15})(?:\\.[0-9]{1,2})?$";
    private static final String LOWEST = "0.01";
    private static final String HIGHEST = "1000000";

    static Price of(Money money) {
        return new Price(money.text(), money.currency().getCurrencyCode());
    }

    /**
     * Returns the amount in the currency's decimals.
     *
     * @param pointer where the price stands in the body
     * @throws Failure INVALID_REQUEST when the amount is finer than the currency
     */
    Money money(String pointer) {
        Currency known = Currency.getInstance(currency);
        BigDecimal exact = new BigDecimal(amount);
        int decimals = Money.decimals(known);
        if (exact.scale() > decimals) {
            throw Failure.invalid(Violation.Place.BODY, pointer + "/amount",
                    "must have at most " + decimals + " decimals in " + currency);
        }
        return new Money(exact, known);
    }
}
