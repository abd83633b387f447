package dev.plinth.jobs;

import java.util.Locale;

/** What a message asks a worker to do. What is to be done with a job otherwise, its item says. */
public enum Ask {
    /** Take the job on. */
    REQUESTED,

    /** Go on with the job, of which a part is done. */
    CONTINUED,

    /** End the job as failed, if it still is what the relay took it for: given up by everybody. */
    ABANDONED;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
