package dev.plinth.functions.json;

import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * A line of text that people can see. It is no constraint itself: those on it are found as those of its target, which
 * adds a size.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Pattern(regexp = "(?s).*[^\\p{IsWhite_Space}\\p{Cf}].*", message = "must not be blank")
@Pattern(regexp = "^\\P{Cc}*$", message = "must not contain control characters or line breaks")
public @interface OneLine {
}
