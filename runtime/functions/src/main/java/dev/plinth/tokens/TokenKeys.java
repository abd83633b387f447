package dev.plinth.tokens;

import com.nimbusds.jose.jwk.ECKey;
import dev.plinth.failure.Failure;
import java.time.Instant;
import java.util.List;

/**
 * The public keys of access tokens. Thread-safe. Every method throws {@link Failure} UNAVAILABLE when the store does
 * not answer in time.
 */
public interface TokenKeys {
    /** Returns the keys that tokens may be signed by now, as the latest write left them. */
    List<ECKey> all();

    /** Adds a key, which must have no private part. Idempotent. */
    void publish(ECKey key);

    /** Lets a key expire at the given time, unless it expires already; does nothing when there is no such key. */
    void retire(String kid, Instant expiresAt);
}
