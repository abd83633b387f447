package dev.plinth.sessions;

import dev.plinth.functions.caller.Origin;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/**
 * Lets nobody reach a closed route of the identity service by a session that has ended. API Gateway remembers for some
 * seconds what the authorizer said of a token; who has just ended a session, or been removed, must not wait for that.
 */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
@Requires(env = "identity")
class LiveSessionFilter {
    private final LiveSessions sessions;

    LiveSessionFilter(LiveSessions sessions) {
        this.sessions = sessions;
    }

    @RequestFilter
    void check(HttpRequest<?> request) {
        Origin.caller(request).ifPresent(sessions::requireLive);
    }
}
