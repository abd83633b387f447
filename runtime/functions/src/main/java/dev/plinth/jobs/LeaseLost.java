package dev.plinth.jobs;

import java.util.UUID;

/** Somebody else has the job by now: what this worker would write is refused, and its work is in vain. */
public final class LeaseLost extends RuntimeException {
    LeaseLost(UUID job) {
        super("The lease of job " + job + " is lost", null, false, false);
    }
}
