package dev.plinth.local.mail;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A mail that was sent.
 *
 * @param id   SES's message id
 * @param text the body as text; of a raw mail, everything after its header, as it was sent
 * @param html the body as HTML, as it was sent
 */
public record Mail(String id, Instant time, String from, List<String> to, List<String> cc, List<String> bcc,
                   String subject, Optional<String> text, Optional<String> html) {

    /** Returns every address that the mail went to. */
    public List<String> recipients() {
        return Stream.of(to, cc, bcc).flatMap(List::stream).toList();
    }
}
