package dev.plinth.local.door;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sender or a recipient of a mail.
 *
 * @param name the display name, if it has one
 */
record Mailbox(Optional<String> name, String address) {
    private static final Pattern WRITTEN =
            Pattern.compile("\"?([^<>\"]*?)\"?\\s*<([^<>\\s@]+@[^<>\\s@]+)>|([^<>\\s@]+@[^<>\\s@]+)");

    /** Reads {@code Plinth <no-reply@plinth.example>} or the address alone; nothing when it is neither. */
    static Optional<Mailbox> of(String written) {
        Matcher parts = WRITTEN.matcher(written.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(parts.group(3) != null ? new Mailbox(Optional.empty(), parts.group(3))
                : new Mailbox(Optional.of(parts.group(1)).filter(name -> !name.isEmpty()), parts.group(2)));
    }
}
