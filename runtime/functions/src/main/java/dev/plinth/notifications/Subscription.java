package dev.plinth.notifications;

import dev.plinth.functions.time.TimeOrderedIds;
import dev.plinth.webhooks.Endpoint;
import dev.plinth.webhooks.EndpointState;
import dev.plinth.webhooks.Interest;
import dev.plinth.webhooks.Secrets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody wants to be told of, and where.
 *
 * @param address   an e-mail address, a phone number or a URL
 * @param arn       the topic's own subscription, for e-mail and SMS; empty until there is one
 * @param checkedAt when the topic was last asked about it
 * @param confirmBy until when it can be confirmed; empty for one that was, and for e-mail, where SNS decides
 * @param proof     what its owner has to send back; empty when there is nothing
 * @param secrets   what requests are signed with; present for a webhook
 * @param failures  how many deliveries have failed in a row
 * @param revision  names this very state; every write stamps another one
 */
record Subscription(UUID id, UUID userId, Protocol protocol, String address, Interest interest, EndpointState state,
        Optional<String> arn, Optional<Instant> checkedAt, Optional<Instant> confirmBy, Optional<Proof> proof,
        Optional<Secrets> secrets, int failures, String revision) {

    /** Returns a subscription that nobody has confirmed. */
    static Subscription pending(UUID id, UUID userId, Protocol protocol, String address, Interest interest) {
        return new Subscription(id, userId, protocol, address, interest, EndpointState.PENDING, Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, newRevision());
    }

    String owner() {
        return Endpoint.ofUser(userId);
    }

    Instant createdAt() {
        return TimeOrderedIds.createdAt(id);
    }

    boolean isActive() {
        return state == EndpointState.ACTIVE;
    }

    boolean isExpired(Instant now) {
        return confirmBy.filter(by -> !by.isAfter(now)).isPresent();
    }

    /** Returns it waiting for a proof until a time, signed by new secrets if there are any. */
    Subscription asking(Proof asked, Instant by, Optional<Secrets> signing) {
        return new Subscription(id, userId, protocol, address, interest, EndpointState.PENDING, arn, checkedAt,
                Optional.of(by), Optional.of(asked), signing, 0, newRevision());
    }

    Subscription known(String topicArn, EndpointState found, Instant at) {
        return new Subscription(id, userId, protocol, address, interest, found, Optional.of(topicArn), Optional.of(at),
                Optional.empty(), Optional.empty(), secrets, failures, newRevision());
    }

    Subscription confirmed() {
        return new Subscription(id, userId, protocol, address, interest, EndpointState.ACTIVE, arn, checkedAt,
                Optional.empty(), Optional.empty(), secrets, 0, newRevision());
    }

    /** Returns it after a proof that was tried. */
    Subscription tried() {
        return new Subscription(id, userId, protocol, address, interest, state, arn, checkedAt, confirmBy,
                proof.map(Proof::tried), secrets, failures, newRevision());
    }

    Subscription interestedIn(Interest less) {
        return new Subscription(id, userId, protocol, address, less, state, arn, checkedAt, confirmBy, proof, secrets,
                failures, newRevision());
    }

    private static String newRevision() {
        return UUID.randomUUID().toString();
    }

    /** Without the address, so that a log cannot have it. */
    @Override
    public String toString() {
        return "Subscription " + id;
    }
}
