package dev.plinth.orders;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes times as RFC 3339 in UTC, always with three digits of milliseconds, so that texts sort as times do. */
final class Timestamps {

    /** How long each text is. */
    static final int LENGTH = 24;

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Timestamps() {
    }

    static String text(Instant instant) {
        return FORMAT.format(instant);
    }
}
