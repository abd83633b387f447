package dev.plinth.notifications;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.failure.Violation.Place;
import dev.plinth.functions.aws.Attempts;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.functions.time.TimeOrderedIds;
import dev.plinth.notifications.Challenges.Challenge;
import dev.plinth.notifications.Ended.Reason;
import dev.plinth.notifications.Holdings.Held;
import dev.plinth.webhooks.Deliveries;
import dev.plinth.webhooks.Delivery;
import dev.plinth.webhooks.EndpointState;
import dev.plinth.webhooks.Interest;
import dev.plinth.webhooks.Secrets;
import dev.plinth.workspace.ProjectAccess;
import dev.plinth.workspace.ProjectRight;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** What people can do with their subscriptions. Safe for use by several threads. */
@Singleton
@Requires(env = "notifications")
class SubscriptionService {
    /** How old SNS's word on a subscription may be; a person who has just followed the link does not wait long. */
    private static final Duration PENDING_IS_FRESH = Duration.ofSeconds(3);
    private static final Duration ACTIVE_IS_FRESH = Duration.ofHours(1);

    /** How often one list asks SNS, which takes tens of milliseconds each time. */
    private static final int MOST_CHECKS = 5;

    private final Subscriptions subscriptions;
    private final Challenges challenges;
    private final LostSubscriptions losses;
    private final Quotas quotas;
    private final Topic topic;
    private final Deliveries deliveries;
    private final ProjectAccess access;
    private final TimeOrderedIds ids;
    private final Clock clock;

    SubscriptionService(Subscriptions subscriptions, Challenges challenges, LostSubscriptions losses, Quotas quotas,
            Topic topic, Deliveries deliveries, ProjectAccess access, TimeOrderedIds ids, Clock clock) {
        this.subscriptions = subscriptions;
        this.challenges = challenges;
        this.losses = losses;
        this.quotas = quotas;
        this.topic = topic;
        this.deliveries = deliveries;
        this.access = access;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What came of a request to subscribe.
     *
     * @param created false when the caller had the same subscription before
     * @param secret  what requests are signed with, when it is new; said this once
     */
    record Subscribed(Subscription subscription, boolean created, Optional<Secrets> secret) {
    }

    /**
     * Subscribes an address of the caller's, and asks there for a confirmation. To do so again with the same interest
     * is the same subscription, and asks again unless it is confirmed.
     *
     * @throws Failure NOT_FOUND for a project that the caller may not read, CONFLICT when the address is subscribed
     *                 otherwise or the caller has as many as may be, TOO_MANY when too many confirmations were asked for
     */
    Subscribed subscribe(Caller caller, Protocol protocol, String address, Interest interest) {
        interest.projects().forEach(project -> access.require(caller, project, ProjectRight.READ));
        Optional<Subscription> active = same(subscriptions.held(caller.userId()), protocol, address)
                .flatMap(this::fresh)
                .filter(Subscription::isActive);
        if (active.isPresent()) {
            return new Subscribed(requireEqual(active.get(), interest), false, Optional.empty());
        }
        if (protocol != Protocol.WEBHOOK) {
            quotas.take(caller.userId(), protocol, address);
        }
        Prepared prepared = Attempts.of(() -> prepared(caller.userId(), protocol, address, interest));
        try {
            return new Subscribed(prepared.challenge().send(), prepared.isNew(),
                    prepared.challenge().subscription().secrets());
        } catch (Failure failure) {
            if (failure.kind() == Kind.INVALID_REQUEST || failure.kind() == Kind.CONFLICT) {
                losses.isEnded(prepared.challenge().subscription(), Reason.UNSUBSCRIBED);
            }
            throw failure;
        }
    }

    private record Prepared(Challenge challenge, boolean isNew) {
    }

    /** Stores a subscription that waits for its confirmation; empty when the caller changed theirs meanwhile. */
    private Optional<Prepared> prepared(UUID user, Protocol protocol, String address, Interest interest) {
        Held held = subscriptions.held(user);
        Optional<Subscription> same = same(held, protocol, address);
        if (same.isPresent()) {
            Challenge again = challenges.of(requireEqual(same.get(), interest));
            return again.subscription().equals(same.get())
                    || subscriptions.replace(same.get(), again.subscription(), again.writes())
                    ? Optional.of(new Prepared(again, false)) : Optional.empty();
        }
        if (held.items().size() >= Subscriptions.MOST) {
            throw new Failure(Kind.CONFLICT, "You have " + Subscriptions.MOST + " subscriptions, which is the most."
                    + " Unsubscribe one first.");
        }
        Challenge challenge = challenges.of(Subscription.pending(ids.next(), user, protocol, address, interest));
        Subscription added = challenge.subscription();
        List<TransactWriteItem> more = new ArrayList<>(challenge.writes());
        if (protocol == Protocol.EMAIL) {
            // SNS confirms it without telling anybody here, so all that belongs to it is there from now on.
            more.add(subscriptions.claim(added));
            more.addAll(subscriptions.links(added));
        }
        if (subscriptions.add(added, held, more)) {
            return Optional.of(new Prepared(challenge, true));
        }
        if (protocol == Protocol.EMAIL) {
            requireFreeAddress(added);
        }
        return Optional.empty();
    }

    /**
     * Confirms a subscription by what was sent to its address. One that is confirmed stays so, whatever is sent.
     *
     * @throws Failure INVALID_REQUEST that points at {@code /token} when it is wrong, expired or used up, NOT_FOUND, or
     *                 FORBIDDEN when the caller may read none of the projects any more
     */
    Subscription confirm(Caller caller, UUID id, String token) {
        return Attempts.of(() -> {
            Subscription subscription = subscriptions.find(caller.userId(), id).orElseThrow(() -> unknown(id));
            if (subscription.isActive()) {
                return Optional.of(subscription);
            }
            Set<UUID> lost = lost(caller, subscription);
            if (lost.size() == subscription.interest().projects().size()) {
                throw new Failure(Kind.FORBIDDEN, "You may read none of the projects any more.");
            } else if (!lost.isEmpty()) {
                // Then again, from the beginning.
                losses.isWithout(subscription, lost);
                return Optional.empty();
            }
            return subscription.protocol() == Protocol.EMAIL
                    ? confirmed(subscription, known(subscription, topic.confirm(token)), List.of())
                    : proven(subscription, token);
        });
    }

    private Subscription known(Subscription subscription, String arn) {
        if (!subscription.arn().orElse(arn).equals(arn)) {
            throw wrongToken();
        }
        return subscription.known(arn, EndpointState.ACTIVE, now());
    }

    private Optional<Subscription> proven(Subscription subscription, String token) {
        Proof proof = subscription.proof().filter(asked -> !asked.isUsedUp()).orElseThrow(SubscriptionService::wrongToken);
        if (!proof.isGivenBy(subscription.id(), token)) {
            if (subscriptions.replace(subscription, subscription.tried(), List.of())) {
                throw wrongToken();
            }
            return Optional.empty();
        }
        List<TransactWriteItem> more = new ArrayList<>(subscriptions.links(subscription));
        if (subscription.protocol() == Protocol.WEBHOOK) {
            return confirmed(subscription, subscription.confirmed(), more);
        }
        requireFreeAddress(subscription);
        more.add(subscriptions.claim(subscription));
        String arn = topic.subscribe(Protocol.SMS, subscription.address(), subscription.interest(), "/subscriptionId");
        return confirmed(subscription, subscription.known(arn, EndpointState.ACTIVE, now()), more);
    }

    private Optional<Subscription> confirmed(Subscription before, Subscription after, List<TransactWriteItem> more) {
        return subscriptions.replace(before, after, more) ? Optional.of(after) : Optional.empty();
    }

    /** Ends a subscription; one that has ended stays so. NOT_FOUND when the caller never had it. */
    void unsubscribe(Caller caller, UUID id) {
        Attempts.of(() -> {
            Optional<Subscription> subscription = subscriptions.find(caller.userId(), id);
            if (subscription.isEmpty()) {
                return Optional.of(subscriptions.findEnded(caller.userId(), id).orElseThrow(() -> unknown(id)));
            }
            return losses.isEnded(subscription.get(), Reason.UNSUBSCRIBED) ? Optional.of(id) : Optional.empty();
        });
    }

    /** Returns a subscription as SNS and the caller's rights have it now; empty when it has ended. */
    Optional<Subscription> find(Caller caller, UUID id) {
        Optional<Subscription> found = subscriptions.find(caller.userId(), id).flatMap(this::fresh);
        if (found.isEmpty()) {
            return found;
        }
        Set<UUID> lost = lost(caller, found.get());
        if (lost.isEmpty()) {
            return found;
        }
        losses.isWithout(found.get(), lost);
        return subscriptions.find(caller.userId(), id);
    }

    Ended findEnded(Caller caller, UUID id) {
        return subscriptions.findEnded(caller.userId(), id).orElseThrow(() -> unknown(id));
    }

    IdPage<Subscription> list(Caller caller, IdPageRequest request) {
        IdPage<Subscription> page = subscriptions.list(caller.userId(), request);
        List<Subscription> items = new ArrayList<>();
        int checks = 0;
        for (Subscription subscription : page.items()) {
            if (isStale(subscription) && checks < MOST_CHECKS) {
                checks++;
                fresh(subscription).ifPresent(items::add);
            } else {
                items.add(subscription);
            }
        }
        return new IdPage<>(items, page.next());
    }

    IdPage<Delivery> deliveries(Caller caller, UUID id, IdPageRequest request) {
        subscriptions.find(caller.userId(), id).orElseThrow(() -> unknown(id));
        return deliveries.list(id, request);
    }

    /** Returns the failure of a token that is not the right one, for whatever reason. */
    static Failure wrongToken() {
        return Failure.invalid(Place.BODY, "/token", "is wrong, expired or used up");
    }

    private static Optional<Subscription> same(Held held, Protocol protocol, String address) {
        return held.items().stream().map(SubscriptionItems::subscription)
                .filter(subscription -> subscription.protocol() == protocol && subscription.address().equals(address))
                .findFirst();
    }

    private static Subscription requireEqual(Subscription subscription, Interest interest) {
        if (!subscription.interest().equals(interest)) {
            throw new Failure(Kind.CONFLICT, "You have subscribed this address for other notices, as "
                    + subscription.id() + ". Unsubscribe that first.");
        }
        return subscription;
    }

    /** The one who has the address may have lost it at SNS, or never have confirmed it. */
    private void requireFreeAddress(Subscription subscription) {
        if (subscriptions.holderOfAddress(subscription).flatMap(this::fresh).isPresent()) {
            throw new Failure(Kind.CONFLICT, "This address is subscribed by somebody else.");
        }
    }

    private Set<UUID> lost(Caller caller, Subscription subscription) {
        Set<UUID> lost = new HashSet<>();
        for (UUID project : subscription.interest().projects()) {
            try {
                access.require(caller, project, ProjectRight.READ);
            } catch (Failure failure) {
                if (failure.kind() != Kind.NOT_FOUND && failure.kind() != Kind.FORBIDDEN) {
                    throw failure;
                }
                lost.add(project);
            }
        }
        return lost;
    }

    /** Returns a subscription as SNS has it; empty when SNS has none any more, and so it has ended. */
    private Optional<Subscription> fresh(Subscription subscription) {
        if (!isStale(subscription)) {
            return Optional.of(subscription);
        }
        String arn = subscription.arn().orElseThrow();
        return switch (topic.state(arn)) {
            case CONFIRMED -> Optional.of(checked(subscription, subscription.known(arn, EndpointState.ACTIVE, now())));
            case PENDING -> Optional.of(checked(subscription, subscription.known(arn, EndpointState.PENDING, now())));
            case GONE -> {
                losses.isEnded(subscription, Reason.GONE_AT_SNS);
                yield Optional.empty();
            }
        };
    }

    /** What somebody else has changed meanwhile is theirs to say; the next look finds it. */
    private Subscription checked(Subscription before, Subscription after) {
        return subscriptions.replace(before, after, List.of()) ? after : before;
    }

    private boolean isStale(Subscription subscription) {
        Duration fresh = subscription.isActive() ? ACTIVE_IS_FRESH : PENDING_IS_FRESH;
        return subscription.protocol() != Protocol.WEBHOOK && subscription.arn().isPresent()
                && subscription.checkedAt().filter(at -> at.plus(fresh).isAfter(now())).isEmpty();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Failure unknown(UUID id) {
        return new Failure(Kind.NOT_FOUND, "You have no subscription " + id + ".");
    }
}
