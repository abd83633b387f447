package dev.plinth.sessions;

import dev.plinth.failure.Failure;
import java.time.Instant;

/** Where the authorizer learns of sessions that ended before their access tokens did. */
interface Revocations {
    /**
     * Notes that a session has ended. Idempotent.
     *
     * @param until when the last access token of the session has expired
     * @throws Failure UNAVAILABLE when the store does not answer in time
     */
    void add(String sessionId, Instant until);
}
