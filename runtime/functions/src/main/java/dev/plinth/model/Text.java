package dev.plinth.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules for texts that people read: they end up in SQL, in Java, in Markdown and in XML, none of which holds every
 * character.
 *
 * @param most  the most characters
 * @param lines whether line breaks are allowed
 */
public record Text(int most, boolean lines) {
    static final Text TITLE = new Text(100, false);
    static final Text LABEL = new Text(40, false);
    static final Text SENTENCE = new Text(200, false);
    static final Text DESCRIPTION = new Text(500, true);

    private static final Pattern VISIBLE = Pattern.compile("(?s).*[^\\p{IsWhite_Space}\\p{Cf}].*");

    /** Controls, halves of surrogate pairs, what is no character, and what turns the direction of a line around. */
    private static final Pattern UNFIT =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\x{FFFE}\\x{FFFF}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

    /** Returns the rule that a text breaks; empty when it breaks none. */
    Optional<String> fault(String text) {
        if (text.isEmpty() || text.length() > most) {
            return Optional.of("must have 1 to " + most + " characters");
        }
        if (!VISIBLE.matcher(text).matches()) {
            return Optional.of("must not be blank");
        }
        if (UNFIT.matcher(lines ? text.replace("\n", "") : text).find()) {
            return Optional.of("must not contain control characters" + (lines ? " other than line feeds" : "")
                    + ", halves of characters or changes of direction");
        }
        return Optional.empty();
    }

    /** Returns a text as one line that every format holds, with a space for each character that is unfit. */
    public static String fit(String text) {
        return UNFIT.matcher(text).replaceAll(" ").strip();
    }
}
