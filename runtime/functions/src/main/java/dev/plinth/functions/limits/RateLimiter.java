package dev.plinth.functions.limits;

import dev.plinth.contract.Metric;
import dev.plinth.contract.RateLimits;
import dev.plinth.contract.Route;
import dev.plinth.failure.Failure;
import dev.plinth.functions.caller.Origin;
import dev.plinth.functions.limits.RequestCounts.Count;
import dev.plinth.functions.metrics.Metrics;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a caller may make one more request. Thread-safe. */
@Singleton
@Requires(condition = CountsRequests.class)
public final class RateLimiter {
    private static final Logger LOG = LoggerFactory.getLogger(RateLimiter.class);

    private final RequestCounts counts;
    private final Metrics metrics;
    private final Clock clock;
    private final Refusals refusals = new Refusals();

    RateLimiter(RequestCounts counts, Metrics metrics, Clock clock) {
        this.counts = counts;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Counts a request, and returns when it is admitted.
     *
     * @param headers takes the names and values of the headers that the answer must have, also when this fails
     * @throws Failure of kind TOO_MANY when the caller has reached a limit, with the time until the window ends; of
     *                 kind UNAVAILABLE when nobody can tell and the request might change something
     */
    public void admit(Origin origin, Route route, BiConsumer<String, String> headers) {
        Instant now = clock.instant();
        Window window = Window.at(now);
        Duration left = window.left(now);
        String caller = CallerKey.of(origin);
        String onRoute = caller + " " + route.key();
        headers.accept(RateLimitFields.POLICY, RateLimitFields.policies(route));
        if (refusals.contains(caller, window)) {
            headers.accept(RateLimitFields.LIMIT, RateLimitFields.caller(0, left));
            throw tooManyInAll(left);
        }
        if (refusals.contains(onRoute, window)) {
            headers.accept(RateLimitFields.LIMIT, RateLimitFields.route(0, left));
            throw tooManyOn(route, left);
        }
        Count count;
        try {
            count = counts.add(caller, window, route);
        } catch (Failure uncounted) {
            passUncounted(route, uncounted);
            return;
        }
        headers.accept(RateLimitFields.LIMIT, RateLimitFields.both(route, count, left));
        if (!count.admitted()) {
            boolean inAll = count.byCaller() >= RateLimits.OF_CALLER;
            refusals.add(inAll ? caller : onRoute, window);
            throw inAll ? tooManyInAll(left) : tooManyOn(route, left);
        }
    }

    /** Loads what admits and refuses requests, and counts none. */
    public void prime() {
        counts.prime();
        RateLimitFields.policies(Route.open("GET /"));
    }

    private void passUncounted(Route route, Failure uncounted) {
        metrics.count(Metric.REQUESTS_UNCOUNTED);
        if (!RateLimits.SAFE_METHODS.contains(route.method())) {
            throw uncounted;
        }
        if (uncounted.getCause() != null) {
            LOG.atWarn().setCause(uncounted.getCause()).log("request not counted");
        }
    }

    private Failure tooManyInAll(Duration left) {
        return tooMany("You have made " + RateLimits.OF_CALLER + " requests in this minute: the most.", left);
    }

    private Failure tooManyOn(Route route, Duration left) {
        return tooMany("You have made " + RateLimits.of(route) + " requests of " + route.key()
                + " in this minute: the most.", left);
    }

    private Failure tooMany(String detail, Duration left) {
        metrics.count(Metric.REQUESTS_LIMITED);
        return Failure.tooMany(detail, left);
    }
}
