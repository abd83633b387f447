package dev.plinth.deployments;

/** CloudFormation does not do what it was asked for, and will not when it is asked again. The message says why. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
