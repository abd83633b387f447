package dev.plinth.functions.limits;

import dev.plinth.contract.Route;
import dev.plinth.failure.Failure;

/** Where requests are counted, those of every process together. Thread-safe. */
interface RequestCounts {
    /**
     * How often a caller has asked in a window.
     *
     * @param admitted whether this request was within both limits, and so was counted
     * @param byCaller the caller's requests, all of them
     * @param onRoute  those of the route
     */
    record Count(boolean admitted, long byCaller, long onRoute) {
    }

    /**
     * Counts a request, unless the caller has reached the limit of all requests or that of the route.
     *
     * @param caller who asks, in a form that no two callers share
     * @throws Failure of kind UNAVAILABLE when it cannot be told; the request may have been counted
     */
    Count add(String caller, Window window, Route route);

    /** Does all that counting does, and counts nothing. */
    void prime();
}
