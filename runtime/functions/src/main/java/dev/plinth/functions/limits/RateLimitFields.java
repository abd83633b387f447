package dev.plinth.functions.limits;

import dev.plinth.contract.RateLimits;
import dev.plinth.contract.Route;
import dev.plinth.functions.limits.RequestCounts.Count;
import java.time.Duration;

/**
 * Writes the header fields that tell a caller of the limits: lists of structured fields (RFC 9651), with an item for
 * each policy (draft-ietf-httpapi-ratelimit-headers, sections 3 and 4).
 */
final class RateLimitFields {
    /** The limits themselves. */
    static final String POLICY = "ratelimit-policy";

    /** What is left of them, and for how many seconds. */
    static final String LIMIT = "ratelimit";

    private RateLimitFields() {
    }

    static String policies(Route route) {
        return policy("caller", RateLimits.OF_CALLER) + ", " + policy("route", RateLimits.of(route));
    }

    private static String policy(String name, int quota) {
        return '"' + name + "\";q=" + quota + ";w=" + Window.SECONDS;
    }

    static String both(Route route, Count count, Duration left) {
        return caller(RateLimits.OF_CALLER - count.byCaller(), left) + ", "
                + route(RateLimits.of(route) - count.onRoute(), left);
    }

    static String caller(long remaining, Duration left) {
        return limit("caller", remaining, left);
    }

    static String route(long remaining, Duration left) {
        return limit("route", remaining, left);
    }

    private static String limit(String name, long remaining, Duration left) {
        return '"' + name + "\";r=" + Math.max(0, remaining) + ";t=" + left.toSeconds();
    }
}
