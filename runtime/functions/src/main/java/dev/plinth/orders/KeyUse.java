package dev.plinth.orders;

import java.time.Duration;
import java.time.Instant;

/**
 * The record of an idempotency key that has been used. It answers a repeated request for as long as it is valid.
 *
 * @param key         as the client sent it
 * @param fingerprint of the request that used the key
 * @param order       the order as that request created it
 * @param usedAt      when the key was used
 */
record KeyUse(String key, String fingerprint, Order order, Instant usedAt) {

    /** How long a key is remembered. */
    static final Duration VALIDITY = Duration.ofHours(24);

    Instant expiresAt() {
        return usedAt.plus(VALIDITY);
    }
}
