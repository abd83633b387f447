package dev.plinth.contract;

import dev.plinth.contract.TableSchema.Key;
import java.util.List;
import java.util.Optional;

/**
 * The table in which requests are counted: an item for each caller and window of time, with the caller's requests in
 * it, all of them and by route. An item expires some time after its window.
 */
public final class RateLimitsTable {
    /** {@code USER#<user id>#<window>} or {@code ADDRESS#<client address>#<window>}. */
    public static final String CALLER_WINDOW = "callerWindow";
    public static final String EXPIRES_AT = "expiresAt";

    public static final TableSchema SCHEMA = new TableSchema(Key.of(CALLER_WINDOW), Optional.of(EXPIRES_AT), List.of());

    private RateLimitsTable() {
    }
}
