package dev.plinth.sessions;

import dev.plinth.identity.RecordedSessions;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Takes every session for a live one, for tests of users without a cache. */
@Singleton
@Replaces(LiveSessionFilter.class)
@Requires(env = RecordedSessions.ENVIRONMENT)
final class UncheckedSessions {
}
