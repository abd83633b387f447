package dev.plinth.local.iam;

/** Says what in a policy cannot be evaluated, where it stands, and what is supported instead. */
public final class PolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PolicyException(String message) {
        super(message);
    }
}
