package dev.plinth.jobs;

import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A job that this worker has taken on. While it works, its lease and the message's visibility are extended by another
 * thread.
 */
public final class HeldJob {
    private final Jobs jobs;
    private final String owner;
    private volatile boolean lost;
    private Job job;

    HeldJob(Jobs jobs, Job job, String owner) {
        this.jobs = jobs;
        this.job = job;
        this.owner = owner;
    }

    /** Returns the job as it was last read or written here. */
    public Job job() {
        return job;
    }

    /**
     * Writes attributes of the feature's own, and returns the job as it is then.
     *
     * @throws LeaseLost when somebody else has taken the job over
     * @throws dev.plinth.failure.Failure UNAVAILABLE when the table does not answer
     */
    public Job save(Map<String, AttributeValue> attributes) {
        job = jobs.save(job.id(), owner, attributes);
        return job;
    }

    /**
     * Reads the job again: others may have written that it shall be cancelled, for instance.
     *
     * @throws LeaseLost when somebody else has taken the job over
     */
    public Job refresh() {
        job = jobs.find(job.id()).filter(found -> found.isHeldBy(owner)).orElseThrow(() -> new LeaseLost(job.id()));
        return job;
    }

    /** Fails with {@link LeaseLost} when the job is known to be somebody else's by now; for use between two steps. */
    public void requireHeld() {
        if (lost) {
            throw new LeaseLost(job.id());
        }
    }

    UUID id() {
        return job.id();
    }

    String owner() {
        return owner;
    }

    void lose() {
        lost = true;
    }
}
