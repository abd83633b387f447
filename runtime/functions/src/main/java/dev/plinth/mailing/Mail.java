package dev.plinth.mailing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A mail with a code. It holds nothing that a user wrote: whoever signs up with another's address could otherwise have
 * us send them any text.
 */
enum Mail {
    VERIFICATION_CODE("Your code to verify your e-mail address"),
    PASSWORD_RESET("Your code to choose a new password");

    private static final String CODE = "{code}";

    private final String subject;
    private final String text;
    private final String html;

    Mail(String subject) {
        this.subject = subject;
        this.text = template(".txt");
        this.html = template(".html");
    }

    String subject() {
        return subject;
    }

    String text(String code) {
        return text.replace(CODE, code);
    }

    String html(String code) {
        return html.replace(CODE, code);
    }

    private String template(String ending) {
        String name = name().toLowerCase(Locale.ROOT).replace('_', '-') + ending;
        try (InputStream file = Mail.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("The jar has no " + name, broken);
        }
    }
}
