package dev.plinth.functions.idempotency;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The record of an idempotency key that has been used. It answers a repeated request for as long as it is valid.
 *
 * @param key         as the client sent it
 * @param fingerprint of the request that used the key
 * @param created     what that request created, as it was then
 * @param usedAt      when the key was used
 */
public record KeyUse<T>(String key, String fingerprint, T created, Instant usedAt) {

    /** How long a key is remembered. */
    public static final Duration VALIDITY = Duration.ofHours(24);

    public Instant expiresAt() {
        return usedAt.plus(VALIDITY);
    }

    /**
     * Returns the answer to the request of this use.
     *
     * @param earlier the use of the same key that was found, if there was one
     * @throws Failure KEY_REUSED when the earlier request was another one
     */
    public Creation<T> after(Optional<KeyUse<T>> earlier) {
        if (earlier.isEmpty()) {
            return new Creation<>(created, false);
        }
        if (!earlier.get().fingerprint().equals(fingerprint)) {
            throw new Failure(Kind.KEY_REUSED,
                    "This Idempotency-Key was used with another body. Send the same body as then, or another key.");
        }
        return new Creation<>(earlier.get().created(), true);
    }
}
