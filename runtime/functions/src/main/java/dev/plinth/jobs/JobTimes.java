package dev.plinth.jobs;

import java.time.Duration;

/**
 * The times of jobs, which tests shorten.
 *
 * @param lease    how long a job is a worker's, and its message hidden, unless the worker extends both
 * @param beat     how often a worker extends them
 * @param check    how long after something should have happened the relay looks whether it has; doubled each time that
 *                 it sends the job's message again
 * @param retry    how long a job waits after an attempt that failed; doubled after each further one
 * @param attempts how often a job is tried
 * @param resends  how often the relay sends the message of a job that nobody takes on
 */
record JobTimes(Duration lease, Duration beat, Duration check, Duration retry, int attempts, int resends) {
    private static final Duration LONGEST_CHECK = Duration.ofHours(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    /**
     * A worker that was killed is followed by another one within about a minute. A message that nobody takes waits for
     * four hours before its job is given up: queues are worked off by few workers at once, on purpose.
     */
    static final JobTimes USUAL = new JobTimes(Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(30),
            Duration.ofSeconds(10), 5, 10);

    /** Returns the time until the relay looks again at a job whose message it has sent so many times. */
    Duration checkAfter(int resent) {
        return doubled(check, resent, LONGEST_CHECK);
    }

    /** Returns the time until the next attempt, after so many that failed. */
    Duration retryAfter(int attempts) {
        return doubled(retry, attempts - 1, LONGEST_RETRY);
    }

    private static Duration doubled(Duration first, int times, Duration longest) {
        Duration time = first.multipliedBy(1L << Math.max(0, Math.min(times, 20)));
        return time.compareTo(longest) < 0 ? time : longest;
    }
}
