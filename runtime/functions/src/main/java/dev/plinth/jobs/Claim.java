package dev.plinth.jobs;

import java.time.Instant;

/** What a worker finds that wants to take a job on. */
sealed interface Claim {

    /**
     * The job is the worker's.
     *
     * @param job    as it is now
     * @param resent how often the relay had sent its message until then
     */
    record Taken(Job job, int resent) implements Claim {
    }

    /** Somebody else works on it. */
    record Busy(Job job, Instant until) implements Claim {
    }

    /** The job has ended; its notice may not have been told. */
    record Over(Job job) implements Claim {
    }

    /** There is no such job, or none any more. */
    record Unknown() implements Claim {
    }
}
