package dev.plinth.functions.limits;

import dev.plinth.contract.Route;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/**
 * Admits every request of every test, whose callers ask more in a minute than people do. Tests of the limits start their
 * function in the environment {@link #COUNTED} besides, and with a table.
 */
@Singleton
@Requires(condition = CountsRequests.class, notEnv = EndlessCounts.COUNTED)
@Replaces(DynamoRequestCounts.class)
public final class EndlessCounts implements RequestCounts {
    /** The environment of functions that count as in production. */
    public static final String COUNTED = "counted";

    /** What such functions may have for the name of the table, which nobody asks. */
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
