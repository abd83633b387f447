package dev.plinth.functions.time;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Where ids come from that sort by the time of creation: UUIDs of version 7. Those of one process increase, also within
 * a millisecond.
 */
@Singleton
public final class TimeOrderedIds {
    private static final int MILLIS_SHIFT = 16;

    private final TimeOrderedEpochFactory factory;

    public TimeOrderedIds(Clock clock) {
        this.factory = new TimeOrderedEpochFactory(clock);
    }

    public UUID next() {
        return factory.create();
    }

    /** Returns when an id was made, which it tells to the millisecond (RFC 9562, section 5.7). */
    public static Instant createdAt(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> MILLIS_SHIFT);
    }
}
