package dev.plinth.sessions;

import dev.plinth.tokens.AccessToken;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/**
 * Ends sessions: first the authorizer is told, then the session goes. If the process dies in between, the session can
 * still be found and ended again; in the other order its access tokens would live on unnoticed. Thread-safe.
 */
@Singleton
final class Endings implements SessionEnding {
    /** The last token may be issued while this runs; the rest is for clocks that differ. */
    private static final Duration OUTLIVES = AccessToken.LIFETIME.plusMinutes(1);

    private final Sessions sessions;
    private final Revocations revocations;
    private final Clock clock;

    Endings(Sessions sessions, Revocations revocations, Clock clock) {
        this.sessions = sessions;
        this.revocations = revocations;
        this.clock = clock;
    }

    void end(UUID userId, String sessionId) {
        revocations.add(sessionId, clock.instant().plus(OUTLIVES));
        sessions.remove(userId, sessionId);
    }

    @Override
    public void endAll(UUID userId) {
        sessions.idsOf(userId).forEach(id -> end(userId, id));
    }

    @Override
    public void endOthers(UUID userId, String sessionId) {
        sessions.idsOf(userId).stream().filter(id -> !id.equals(sessionId)).forEach(id -> end(userId, id));
    }
}
