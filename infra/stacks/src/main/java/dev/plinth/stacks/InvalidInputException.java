package dev.plinth.stacks;

/** Says what a person got wrong, in one line that also says what to do. Carries no stack trace to them. */
final class InvalidInputException extends RuntimeException {
    InvalidInputException(String message) {
        super(message);
    }
}
