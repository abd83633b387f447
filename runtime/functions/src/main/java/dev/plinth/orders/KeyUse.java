package dev.plinth.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The record of an idempotency key that a caller has used. It answers a repeated request of that caller for as long as
 * it is valid; the same key of another caller is another key.
 *
 * @param key         as the client sent it
 * @param fingerprint of the request that used the key
 * @param order       the order as that request created it
 * @param usedAt      when the key was used
 */
record KeyUse(String key, String fingerprint, Order order, Instant usedAt) {

    /** How long a key is remembered. */
    static final Duration VALIDITY = Duration.ofHours(24);

    /** Returns the caller who used the key. */
    UUID customerId() {
        return order.customerId();
    }

    Instant expiresAt() {
        return usedAt.plus(VALIDITY);
    }
}
