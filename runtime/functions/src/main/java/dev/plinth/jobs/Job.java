package dev.plinth.jobs;

import dev.plinth.notices.Notice;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A job as its item tells it.
 *
 * @param requestedBy the user who asked for it
 * @param status      in the words of its kind
 * @param startedAt   when a worker first took it on
 * @param endedAt     empty while it is live: while somebody is to work on it
 * @param reason      why it failed, in a sentence for people
 * @param attempts    how often a worker has taken it on since it began, or since it last got on
 * @param deaths      how many of those attempts were cut off: their workers never said how they went
 * @param resent      how often the relay has sent its message since a worker last took it on
 * @param lease       who works on it
 * @param notice      what is still to be told of an end
 * @param checkAt     when the relay looks at it; empty when all is done and told
 * @param attributes  the whole item, in which a feature finds its own attributes
 */
public record Job(UUID id, UUID projectId, UUID requestedBy, String status, Instant createdAt,
        Optional<Instant> startedAt, Optional<Instant> endedAt, Optional<String> reason, int attempts, int deaths,
        int resent, Optional<Lease> lease, Optional<Notice> notice, Optional<Instant> checkAt,
        Map<String, AttributeValue> attributes) {

    /**
     * Somebody's right to be alone in working on the job.
     *
     * @param owner a text that no other claim of a job has
     * @param until when the right ends, unless it is extended
     */
    public record Lease(String owner, Instant until) {
    }

    public boolean isLive() {
        return endedAt.isEmpty();
    }

    /** Tells whether somebody works on the job, as far as is known. */
    boolean isLeased(Instant now) {
        return lease.filter(held -> held.until().isAfter(now)).isPresent();
    }

    boolean isHeldBy(String owner) {
        return lease.filter(held -> held.owner().equals(owner)).isPresent();
    }
}
