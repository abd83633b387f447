package dev.plinth.local.gate;

/** Whether somebody may sign in. */
sealed interface Verdict {

    /** @param caller the role, or the operator */
    record Admitted(String caller) implements Verdict {
    }

    /** @param reason in one line, for the client */
    record Refused(String reason) implements Verdict {
    }
}
