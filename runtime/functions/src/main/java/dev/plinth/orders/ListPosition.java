package dev.plinth.orders;

import dev.plinth.functions.time.Timestamps;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * The place of an order in every list: by time of creation, and by id among orders of one millisecond. It never
 * changes, so a page that starts after a position neither repeats nor skips an order, whatever is written meanwhile.
 *
 * <p>The natural order is that of the {@linkplain #text text}, which is how the table sorts.
 */
record ListPosition(Instant createdAt, UUID id) implements Comparable<ListPosition> {

    // UUID.compareTo is signed, and sorts otherwise than the text does.
    private static final Comparator<ListPosition> OLDEST_FIRST =
            Comparator.comparing(ListPosition::createdAt).thenComparing(position -> position.id().toString());

    static ListPosition parse(String text) {
        return new ListPosition(
                Instant.parse(text.substring(0, Timestamps.LENGTH)),
                UUID.fromString(text.substring(Timestamps.LENGTH + 1)));
    }

    /** Returns {@code <createdAt>#<id>}. */
    String text() {
        return Timestamps.text(createdAt) + "#" + id;
    }

    @Override
    public int compareTo(ListPosition other) {
        return OLDEST_FIRST.compare(this, other);
    }
}
