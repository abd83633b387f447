package dev.plinth.functions.limits;

import dev.plinth.contract.Route;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/**
 * Admits every request of every test, whose callers ask more in a minute than people do. Tests of the limits start
 * their function in one of two environments besides, and with a table.
 */
@Singleton
@Requires(condition = CountsRequests.class, notEnv = {EndlessCounts.PATIENT, EndlessCounts.AS_IN_PRODUCTION})
@Replaces(DynamoRequestCounts.class)
public final class EndlessCounts implements RequestCounts {
    /** The environment of functions that count, and wait for a count however busy the machine is. */
    public static final String PATIENT = "counted-patiently";

    /** The environment of functions that count as in production. */
    public static final String AS_IN_PRODUCTION = "counted";

    /** What all others may have for the name of the table, which nobody asks. */
    public static final String TABLE = "none";

    @Override
    public Count add(String caller, Window window, Route route) {
        return new Count(true, 1, 1);
    }

    @Override
    public void prime() {
        // There is nothing behind it.
    }
}
