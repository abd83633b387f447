package dev.plinth.demo;

/** Something is not as promised, and the story cannot go on. */
final class BrokenPromise extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenPromise(String message) {
        super(message);
    }
}
