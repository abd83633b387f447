package dev.plinth.identity;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * The rules for single values that clients write. What an address and a password must be beyond their length,
 * {@link EmailAddress} and {@link PasswordRules} say.
 *
 * <p>The annotations are not constraints themselves: the constraints on them are found as those of their target.
 */
final class UserRules {
    /** Far above the rule for passwords, so that it is that rule which the caller hears of. */
    private static final int LONGEST_TEXT = 1000;

    private UserRules() {
    }

    /** A person's name, in one line. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
    @Pattern(regexp = "(?s).*[^\\p{IsWhite_Space}\\p{Cf}].*", message = "must not be blank")
    @Pattern(regexp = "^\\P{Cc}*$", message = "must not contain control characters or line breaks")
    @interface Name {
    }

    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(max = EmailAddress.LONGEST, message = "must have at most " + EmailAddress.LONGEST + " characters")
    @interface Email {
    }

    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(max = LONGEST_TEXT, message = "must have at most " + LONGEST_TEXT + " characters")
    @interface Password {
    }
}
