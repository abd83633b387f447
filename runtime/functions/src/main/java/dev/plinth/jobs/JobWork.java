package dev.plinth.jobs;

/**
 * What is to be done with jobs of one kind. A worker's service has one bean of this type. It may be called again for a
 * job at any point where an earlier call was cut off, so each step finds out whether it was done already.
 */
public interface JobWork {
    JobKind kind();

    /** Returns the status of the job while somebody works on it; that which it has, or another one. */
    String statusAtWork(Job job);

    /**
     * Does the job, or a part of it. What it throws is taken for something that passes: the job is tried again, and
     * after some attempts ended by {@link #givenUp}. What another attempt cannot cure is a {@link Step.Ended}, not an
     * exception.
     */
    Step work(HeldJob held);

    /** Returns the end of a job that nobody will try again, for the given reason, a sentence for people. */
    Step.Ended givenUp(Job job, String reason);
}
