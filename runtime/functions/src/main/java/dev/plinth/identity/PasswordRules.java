package dev.plinth.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a password must be: long, and not the first thing that an attacker tries. No rule asks for kinds of characters
 * (NIST SP 800-63B, section 5.1.1.2).
 */
final class PasswordRules {
    private static final int SHORTEST = 12;
    private static final int LONGEST = 128;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
    private static final Set<String> COMMON = common();

    private PasswordRules() {
    }

    /** Returns the password in the one form that is hashed, however a keyboard composes it. */
    static String normalised(String password) {
        return Normalizer.normalize(password, Form.NFKC);
    }

    /** Returns the rule that a new password breaks; empty when it breaks none. */
    static Optional<String> broken(String password, String name, String email) {
        String normalised = normalised(password);
        int length = normalised.codePointCount(0, normalised.length());
        if (length < SHORTEST || length > LONGEST) {
            return Optional.of("must have " + SHORTEST + " to " + LONGEST + " characters");
        }
        if (CONTROL.matcher(normalised).find()) {
            return Optional.of("must not contain control characters or line breaks");
        }
        String folded = EmailAddress.folded(normalised);
        if (folded.equals(EmailAddress.folded(normalised(name)))
                || folded.equals(EmailAddress.folded(normalised(email)))) {
            return Optional.of("must be neither the name nor the e-mail address");
        }
        return COMMON.contains(folded) ? Optional.of("is one of the most common passwords") : Optional.empty();
    }

    private static Set<String> common() {
        try (BufferedReader list = new BufferedReader(new InputStreamReader(
                PasswordRules.class.getResourceAsStream("common-passwords.txt"), StandardCharsets.UTF_8))) {
            return list.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
