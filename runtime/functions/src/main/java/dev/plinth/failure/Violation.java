package dev.plinth.failure;

import java.util.Objects;

/**
 * A rule that a request breaks, and where.
 *
 * @param name   a JSON pointer (RFC 6901) for the body, for example {@code /unitPrice/amount}; otherwise the name of
 *               the parameter or header
 * @param detail what the rule asks, in words for the caller, for example {@code must be a string, not a number}
 */
public record Violation(Place place, String name, String detail) {

    /** The part of a request that a violation points into. */
    public enum Place {
        BODY("field"),
        QUERY("query parameter"),
        HEADER("header"),
        PATH("path parameter");

        private final String words;

        Place(String words) {
            this.words = words;
        }
    }

    public Violation {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(detail, "detail");
    }

    String sentence() {
        return "The " + place.words + ' ' + name + ' ' + detail + '.';
    }
}
