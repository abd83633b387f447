package dev.plinth.orders;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * The rules for what clients write, each as an annotation that several bodies carry, so that creating and changing an
 * order cannot come to differ.
 *
 * <p>The annotations are not constraints themselves: the constraints on them are found as those of their target.
 */
final class Rules {

    /**
     * The addresses that customers really have: a dot-atom of at most 64 characters at a host name of several labels
     * (RFC 5321, sections 4.1.2 and 4.5.3.1). Quoted local parts, address literals and addresses beyond ASCII are
     * valid by the letter, but here they are far more often a mistake.
     */
    static final String EMAIL_PATTERN = "^(?=[^@]{1,64}@)"
            + "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
            + "@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+"
            + "(?=[0-9-]*[A-Za-z])[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])$";
    static final String EMAIL_MESSAGE = "must be an e-mail address, for example ada@example.org";
    static final int LONGEST_EMAIL = 254;

    /** At least one character that can be seen. */
    private static final String VISIBLE = "(?s).*[^\\p{IsWhite_Space}\\p{Cf}].*";
    private static final String VISIBLE_MESSAGE = "must not be blank";

    private Rules() {
    }

    /** One line of text, as for the name of a person or a product. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
    @Pattern(regexp = VISIBLE, message = VISIBLE_MESSAGE)
    @Pattern(regexp = "^\\P{Cc}*$", message = "must not contain control characters or line breaks")
    @interface Name {
    }

    /** Several lines of text. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(min = 1, max = 500, message = "must have 1 to 500 characters")
    @Pattern(regexp = VISIBLE, message = VISIBLE_MESSAGE)
    @Pattern(regexp = "^[\\P{Cc}\\n]*$", message = "must not contain control characters other than line feeds")
    @interface Address {
    }

    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(max = LONGEST_EMAIL, message = "must have at most " + LONGEST_EMAIL + " characters")
    @Pattern(regexp = EMAIL_PATTERN, message = EMAIL_MESSAGE)
    @interface Email {
    }

    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Min(value = 1, message = "must be at least 1")
    @Max(value = 10_000, message = "must be at most 10000")
    @interface Quantity {
    }
}
