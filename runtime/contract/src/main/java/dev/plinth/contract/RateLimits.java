package dev.plinth.contract;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many requests a caller may make in a {@linkplain #WINDOW window} of time, all in all and of each route. A caller
 * is a user on closed routes, and a client's address on open ones.
 */
public final class RateLimits {
    /** Windows begin at each full minute of UTC, for everybody at once. */
    public static final Duration WINDOW = Duration.ofMinutes(1);

    /** What a caller may ask for in a window, whatever the routes. */
    public static final int OF_CALLER = 1_200;

    /** Methods that change nothing (RFC 9110, section 9.2.1). */
    public static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private static final int READS = 600;
    private static final int WRITES = 240;

    /** Whoever is not signed in is known by an address only, which an office or a mobile network may share. */
    private static final int OPEN_WRITES = 120;

    /** Each request keeps a worker busy for seconds. */
    private static final int GENERATIONS = 20;

    /** Each request makes a stack. */
    private static final int DEPLOYMENTS = 10;

    /** Each request sends a message to somebody who may not have asked for it, and an SMS costs money. */
    private static final int SUBSCRIPTIONS = 10;

    private static final Map<String, Integer> OWN = own();

    private RateLimits() {
    }

    private static Map<String, Integer> own() {
        Map<String, Integer> limits = new HashMap<>();
        limits.put("POST /api/code-gen", GENERATIONS);
        limits.put("POST /api/deployments", DEPLOYMENTS);
        for (String channel : List.of("email", "sms", "webhook")) {
            limits.put("POST /api/notifications/subscribe/" + channel, SUBSCRIPTIONS);
        }
        return Map.copyOf(limits);
    }

    /** Returns what a caller may ask of a route in a window. */
    public static int of(Route route) {
        Integer own = OWN.get(route.key());
        if (own != null) {
            return own;
        }
        if (SAFE_METHODS.contains(route.method())) {
            return READS;
        }
        return route.access().open() ? OPEN_WRITES : WRITES;
    }

    /** Returns the keys of the routes with limits of their own. */
    static Set<String> routesWithTheirOwn() {
        return OWN.keySet();
    }
}
