package dev.plinth.local.template;

/** Says what in a cloud assembly cannot be honoured, where it stands, and what is supported instead. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemplateException(String message) {
        super(message);
    }

    TemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
