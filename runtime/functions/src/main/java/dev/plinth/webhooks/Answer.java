package dev.plinth.webhooks;

/**
 * What one attempt came to.
 *
 * @param status the status of HTTP; 0 when there was none
 * @param text   the status, or one of {@link Unanswered}
 */
record Answer(int status, String text) {
    private static final int GONE = 410;

    static Answer of(int status) {
        return new Answer(status, Integer.toString(status));
    }

    static Answer of(Unanswered reason) {
        return new Answer(0, reason.name());
    }

    boolean isTaken() {
        return status / 100 == 2;
    }

    /** Tells whether the receiver asks never to be called again, as the Standard Webhooks specification has it. */
    boolean isGone() {
        return status == GONE;
    }
}
