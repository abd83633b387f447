package dev.plinth.sessions;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * The rules for what clients write. Addresses and passwords are bounded only: which ones there are is not for a client
 * who is not known yet to learn.
 *
 * <p>The annotations are not constraints themselves: the constraints on them are found as those of their target.
 */
final class TextRules {
    static final int LONGEST_DEVICE = 100;

    private TextRules() {
    }

    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(max = 254, message = "must have at most 254 characters")
    @interface Email {
    }

    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(max = 1000, message = "must have at most 1000 characters")
    @interface Password {
    }

    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Pattern(regexp = "^[0-9]{6}$", message = "must have six digits")
    @interface Code {
    }

    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(min = 1, max = LONGEST_DEVICE, message = "must have 1 to 100 characters")
    @Pattern(regexp = "(?s).*[^\\p{IsWhite_Space}\\p{Cf}].*", message = "must not be blank")
    @Pattern(regexp = "^\\P{Cc}*$", message = "must not contain control characters or line breaks")
    @interface Device {
    }
}
