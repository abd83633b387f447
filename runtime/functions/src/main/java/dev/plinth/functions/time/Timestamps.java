package dev.plinth.functions.time;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes times as RFC 3339 in UTC, always with three digits of milliseconds, so that texts sort as times do. */
public final class Timestamps {
    /** How long each text is. */
    public static final int LENGTH = 24;

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Timestamps() {
    }

    public static String text(Instant instant) {
        return FORMAT.format(instant);
    }
}
