package dev.plinth.orders;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.UUID;

/**
 * The place of an order in every list: by time of creation, and by id among orders of one millisecond. It never
 * changes, so a page that starts after a position neither repeats nor skips an order, whatever is written meanwhile.
 *
 * <p>The natural order is that of the {@linkplain #text text}, which is how the table sorts.
 */
record ListPosition(Instant createdAt, UUID id) implements Comparable<ListPosition> {

    /** RFC 3339 with milliseconds always written, so that the order of texts is the order of times. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int TIME_LENGTH = 24;

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static ListPosition parse(String text) {
        return new ListPosition(
                Instant.parse(text.substring(0, TIME_LENGTH)), UUID.fromString(text.substring(TIME_LENGTH + 1)));
    }

    /** Returns {@code <createdAt>#<id>}. */
    String text() {
        return time(createdAt) + "#" + id;
    }

    @Override
    public int compareTo(ListPosition other) {
        // UUID.compareTo is signed and sorts otherwise than the text does.
        return Comparator.comparing(ListPosition::createdAt)
                .thenComparing(position -> position.id().toString())
                .compare(this, other);
    }
}
