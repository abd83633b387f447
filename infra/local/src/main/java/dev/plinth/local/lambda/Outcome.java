package dev.plinth.local.lambda;

/** How an invocation ended. */
public sealed interface Outcome {

    /** The handler answered. */
    record Answered(byte[] payload) implements Outcome {
    }

    /**
     * No answer: the handler threw, the process died, did not start or took too long, or no process was free.
     *
     * @param kind   what went wrong
     * @param reason a sentence for the person who runs the laptop's cloud; a caller of the API never sees it
     */
    record Failed(Kind kind, String reason) implements Outcome {
    }

    /** Kinds of failure. */
    enum Kind { THREW, DIED, TIMED_OUT, DID_NOT_START, NO_CAPACITY }
}
