package dev.plinth.webhooks;

import dev.plinth.functions.time.TimeOrderedIds;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A notice on its way to an endpoint.
 *
 * @param id            a UUID of version 7, which sorts by the time of creation
 * @param projectId     what the notice is of; empty for a confirmation
 * @param noticeId      what the receiver knows the notice by; the same for each attempt
 * @param type          for example {@code generation.ended}, or that of a {@linkplain #CONFIRMATION confirmation}
 * @param body          what is posted
 * @param attempts      how many have been made
 * @param result        what the last attempt came to: a status of HTTP, or one of {@link Unanswered}
 * @param nextAttemptAt when there is another attempt; present while it is pending
 */
public record Delivery(UUID endpointId, UUID id, Optional<UUID> projectId, String noticeId, String type, String body,
        Status status, int attempts, Optional<String> result, Optional<Instant> nextAttemptAt) {
    /** The type of the request that asks whether requests are wanted. */
    public static final String CONFIRMATION = "webhook.confirmation";

    /** What has become of a delivery. */
    public enum Status {
        /** There is another attempt to come. */
        PENDING,

        /** The receiver took it. */
        SUCCEEDED,

        /** The receiver did not, at the last attempt either. */
        FAILED,

        /** It is not to be delivered any more: the subscription has ended, or the access to the project. */
        CANCELLED
    }

    /** Returns a delivery of a notice, which is new. */
    static Delivery of(UUID endpointId, UUID id, UUID projectId, String noticeId, String type, String body) {
        return new Delivery(endpointId, id, Optional.of(projectId), noticeId, type, body, Status.PENDING, 0,
                Optional.empty(), Optional.of(TimeOrderedIds.createdAt(id)));
    }

    /** Returns the delivery of a confirmation, which is new; its own id is what the receiver knows it by. */
    public static Delivery ofConfirmation(UUID endpointId, UUID id, String body) {
        return new Delivery(endpointId, id, Optional.empty(), id.toString(), CONFIRMATION, body, Status.PENDING, 0,
                Optional.empty(), Optional.of(TimeOrderedIds.createdAt(id)));
    }

    /** Returns when the delivery was created, which its id tells to the millisecond (RFC 9562, section 5.7). */
    public Instant createdAt() {
        return TimeOrderedIds.createdAt(id);
    }

    boolean isConfirmation() {
        return type.equals(CONFIRMATION);
    }

    /** Without the body, so that a log cannot have it. */
    @Override
    public String toString() {
        return "Delivery " + id;
    }
}
