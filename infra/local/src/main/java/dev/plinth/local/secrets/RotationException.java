package dev.plinth.local.secrets;

/** A rotation that did not succeed. Its version stays pending, and the next rotation takes it up again. */
public final class RotationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RotationException(String message) {
        super(message);
    }
}
