package dev.plinth.sessions;

import dev.plinth.failure.Failure;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The sessions that the service keeps. Each method is atomic, and throws {@link Failure} UNAVAILABLE when the store
 * does not answer in time; then a write may or may not have happened. Thread-safe.
 */
interface Sessions {
    /** What became of an attempt to replace a refresh token. */
    enum Rotation {
        /** The new token is the one that counts. */
        DONE,

        /** The session has ended. */
        ENDED,

        /** Another token has taken this one's place already. */
        REPLAYED
    }

    /**
     * Adds a session.
     *
     * @return the ids of the user's sessions that are too many by now, those that were unused for longest; they stay
     */
    List<String> add(Session session, RefreshToken token);

    /** Returns a session that has not ended. */
    Optional<Session> find(String id);

    /** Returns the user's sessions that have not ended, the newest first. */
    List<Session> of(UUID userId);

    /** Returns the ids of all sessions of the user that may not have ended. */
    List<String> idsOf(UUID userId);

    /** Tells whether a token is, or was, one of the session's. */
    boolean isOfFamily(RefreshToken token);

    /** Puts a token in the place of another one if that is the session's newest, and notes that it was used. */
    Rotation rotate(Session used, RefreshToken from, RefreshToken to);

    /** Removes a session, if there is one. */
    void remove(UUID userId, String id);
}
