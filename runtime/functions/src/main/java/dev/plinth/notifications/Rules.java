package dev.plinth.notifications;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * The rules for what clients write, each in one place. The annotations are not constraints themselves: the constraints
 * on them are found as those of their target.
 */
final class Rules {
    private Rules() {
    }

    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(min = 1, max = 50, message = "must have 1 to 50 elements")
    @interface Projects {
    }

    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(min = 1, max = 3, message = "must have 1 to 3 elements")
    @interface Events {
    }

    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(min = 1, max = 2, message = "must have 1 or 2 elements")
    @interface Outcomes {
    }

    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(max = 254, message = "must have at most 254 characters")
    @Pattern(regexp = "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+"
            + "[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$", message = "must be an e-mail address, in ASCII")
    @interface Email {
    }

    /** ITU-T E.164. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Pattern(regexp = "^\\+[1-9][0-9]{6,14}$",
            message = "must be a phone number with its country's code, for example +491701234567")
    @interface PhoneNumber {
    }

    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(min = 1, max = 2048, message = "must have 1 to 2048 characters")
    @interface Url {
    }

    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(min = 1, max = 1024, message = "must have 1 to 1024 characters")
    @Pattern(regexp = "^[\\x21-\\x7E]*$", message = "must be visible ASCII")
    @interface Token {
    }

    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Size(min = 1, max = 100, message = "must have 1 to 100 characters")
    @interface Name {
    }
}
