package dev.plinth.authorizer;

import com.nimbusds.jose.jwk.ECKey;
import dev.plinth.tokens.TokenKeys;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * The public keys, kept in the process. A key that is not known may be new, so the table is asked for it; but seldom,
 * as anybody can send tokens that name keys of their own invention. Thread-safe.
 */
@Singleton
final class KnownKeys implements Resource {
    /** How long a key that has been retired is taken at most: less than it is published after its last token. */
    static final Duration KEPT = Duration.ofMinutes(1);

    /** How long an unknown key stays unknown. A new key is published longer than that before it signs. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final TokenKeys keys;
    private final Clock clock;

    private Map<String, ECKey> known = Map.of();
    private Instant readAt = Instant.MIN;

    KnownKeys(TokenKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
        Core.getGlobalContext().register(this);
    }

    synchronized Optional<ECKey> find(String kid) {
        Instant now = clock.instant();
        boolean stale = !now.isBefore(readAt.plus(known.containsKey(kid) ? KEPT : PAUSE));
        if (stale) {
            known = keys.all().stream().collect(Collectors.toUnmodifiableMap(ECKey::getKeyID, key -> key));
            readAt = now;
        }
        return Optional.ofNullable(known.get(kid));
    }

    /** Forgets the keys: a snapshot is restored long after they were read. */
    @Override
    public synchronized void beforeCheckpoint(Context<? extends Resource> checkpoint) {
        known = Map.of();
        readAt = Instant.MIN;
    }

    @Override
    public void afterRestore(Context<? extends Resource> checkpoint) {
        // The first token that comes reads the keys.
    }
}
