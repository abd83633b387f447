package dev.plinth.orders;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An exact amount in one currency.
 *
 * @param amount   has exactly the decimals that {@link #decimals} gives for the currency
 * @param currency an ISO 4217 currency that has minor units
 */
record Money(BigDecimal amount, Currency currency) {

    /** The most decimals that Plinth keeps, whatever the currency has. */
    static final int MOST_DECIMALS = 2;

    Money {
        // Fails when the amount is finer than the currency: money is never rounded.
        amount = amount.setScale(decimals(currency));
    }

    /** Returns how many decimals an amount in a currency has: the currency's own, and two at most. */
    static int decimals(Currency currency) {
        return Math.min(MOST_DECIMALS, currency.getDefaultFractionDigits());
    }

    Money times(int count) {
        return new Money(amount.multiply(BigDecimal.valueOf(count)), currency);
    }

    /** Returns the amount in plain notation, for example {@code 12.50}. */
    String text() {
        return amount.toPlainString();
    }
}
