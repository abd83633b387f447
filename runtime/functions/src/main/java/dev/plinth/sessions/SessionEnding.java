package dev.plinth.sessions;

import java.util.UUID;

/** Ends sessions for other features: of a user who is gone, or whose password has changed. Thread-safe. */
public interface SessionEnding {
    /** Ends all sessions of a user: none can be refreshed any more, and their access tokens are revoked. Idempotent. */
    void endAll(UUID userId);

    /**
     * Ends the sessions of a user but one, in the same way.
     *
     * @param sessionId the one that stays
     */
    void endOthers(UUID userId, String sessionId);
}
