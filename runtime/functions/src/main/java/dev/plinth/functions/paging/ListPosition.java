package dev.plinth.functions.paging;

import dev.plinth.functions.time.Timestamps;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * The place of a thing in a list that is sorted by a time, and by id among things of one millisecond. A page that
 * starts after a position neither repeats nor skips what keeps its place, whatever is written meanwhile.
 *
 * <p>The natural order is that of the {@linkplain #text text}, which is how a table sorts.
 */
public record ListPosition(Instant at, UUID id) implements Comparable<ListPosition> {

    // UUID.compareTo is signed, and sorts otherwise than the text does.
    private static final Comparator<ListPosition> EARLIEST_FIRST =
            Comparator.comparing(ListPosition::at).thenComparing(position -> position.id().toString());

    /** Returns the position that {@link #text} wrote. */
    public static ListPosition parse(String text) {
        return new ListPosition(
                Instant.parse(text.substring(0, Timestamps.LENGTH)),
                UUID.fromString(text.substring(Timestamps.LENGTH + 1)));
    }

    /** Returns {@code <at>#<id>}. */
    public String text() {
        return Timestamps.text(at) + "#" + id;
    }

    @Override
    public int compareTo(ListPosition other) {
        return EARLIEST_FIRST.compare(this, other);
    }
}
