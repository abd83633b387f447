package dev.plinth.sessions;

import dev.plinth.functions.caller.Caller;
import dev.plinth.identity.RecordedSessions;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Takes every session for a live one, for tests of users without a cache. */
@Singleton
@Primary
@Requires(env = RecordedSessions.ENVIRONMENT)
final class UncheckedSessions implements LiveSessions {
    @Override
    public void requireLive(Caller caller) {
        // Every session is live here.
    }
}
