package dev.plinth.todos;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The rules for what clients write, so that creating and replacing a todo cannot come to differ.
 *
 * <p>The annotations are not constraints themselves: the constraints on them are found as those of their target.
 */
final class Rules {

    /** Outside of these, a time has no text of the usual length, and would not sort by it. */
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    /** At least one character that can be seen. */
    private static final String VISIBLE = "(?s).*[^\\p{IsWhite_Space}\\p{Cf}].*";
    private static final String VISIBLE_MESSAGE = "must not be blank";

    private Rules() {
    }

    /** One line of text. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
    @Pattern(regexp = VISIBLE, message = VISIBLE_MESSAGE)
    @Pattern(regexp = "^\\P{Cc}*$", message = "must not contain control characters or line breaks")
    @interface Title {
    }

    /** Several lines of text. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(min = 1, max = 2000, message = "must have 1 to 2000 characters")
    @Pattern(regexp = VISIBLE, message = VISIBLE_MESSAGE)
    @Pattern(regexp = "^[\\P{Cc}\\n]*$", message = "must not contain control characters other than line feeds")
    @interface Note {
    }

    /**
     * Returns what a body asks for.
     *
     * @throws Failure INVALID_REQUEST when the time is outside of the years that can be stored
     */
    static TodoDetails details(String title, String note, Instant dueAt, Priority priority) {
        if (dueAt != null && (dueAt.isBefore(EARLIEST) || dueAt.isAfter(LATEST))) {
            throw Failure.invalid(Violation.Place.BODY, "/dueAt", "must be in the years 1970 to 9999");
        }
        return new TodoDetails(title, Optional.ofNullable(note),
                Optional.ofNullable(dueAt).map(due -> due.truncatedTo(ChronoUnit.MILLIS)),
                priority == null ? Priority.NORMAL : priority);
    }
}
