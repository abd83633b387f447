package dev.plinth.identity;

import java.net.IDN;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address.
 *
 * @param text as its owner writes it
 * @param key  the same for every spelling that differs in case or in Unicode form only
 */
public record EmailAddress(String text, String key) {
    static final int LONGEST = 254;
    static final String RULE = "must be an e-mail address, for example ada@example.org";

    /**
     * What can be seen and needs no quotes, in any script (RFC 6531): addresses with quotes, comments or invisible
     * characters are valid by the letter, but here they are a mistake or a trick.
     */
    private static final Pattern LOCAL =
            Pattern.compile("(?!\\.)(?!.*\\.\\.)[^\\p{C}\\p{Z}@<>()\\[\\],;:\\\\\"]{1,64}(?<!\\.)");
    private static final Pattern DOMAIN = Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+"
            + "(?=[0-9-]*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /** Returns the address; empty when the text is none. */
    public static Optional<EmailAddress> of(String text) {
        int at = text.indexOf('@');
        if (text.length() > LONGEST || at < 0 || !LOCAL.matcher(text.substring(0, at)).matches()) {
            return Optional.empty();
        }
        return domain(text.substring(at + 1))
                .map(domain -> new EmailAddress(text, folded(text.substring(0, at)) + '@' + domain));
    }

    /** Returns the domain as DNS has it. */
    private static Optional<String> domain(String text) {
        try {
            return Optional.of(IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT))
                    .filter(domain -> DOMAIN.matcher(domain).matches());
        } catch (IllegalArgumentException noDomain) {
            return Optional.empty();
        }
    }

    /** Folds case as far as Java can: both ways, since some letters have several small or no single large form. */
    static String folded(String text) {
        String composed = Normalizer.normalize(text, Form.NFC);
        return Normalizer.normalize(composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Form.NFC);
    }
}
