package dev.plinth.sessions;

import dev.plinth.failure.Failure;
import dev.plinth.functions.caller.Caller;

/** Tells whether a caller's session goes on. Thread-safe. */
interface LiveSessions {
    /**
     * Checks that the caller's session has not ended, whatever API Gateway remembers of its token.
     *
     * @throws Failure TOKEN_ENDED when it has, UNAVAILABLE when that cannot be found out
     */
    void requireLive(Caller caller);
}
