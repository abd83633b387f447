package dev.plinth.authorizer;

import dev.plinth.failure.Failure;

/** The sessions that ended before their access tokens did. */
interface Revocations {
    /**
     * Tells whether a session has ended, as the latest write left it.
     *
     * @throws Failure UNAVAILABLE when the store does not answer in time
     */
    boolean contains(String sessionId);
}
