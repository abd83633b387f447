package dev.plinth.notifications;

import dev.plinth.functions.aws.Attempts;
import dev.plinth.notifications.Ended.Reason;
import dev.plinth.webhooks.Endpoint;
import dev.plinth.webhooks.Interest;
import dev.plinth.webhooks.LostAccess;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Takes projects that somebody may read no more out of what they are told of. SNS asks nobody whether a subscriber may
 * still know: so it is found out when a notice passes the webhook worker, and when the subscriber looks. Thread-safe.
 */
@Singleton
class LostSubscriptions implements LostAccess {
    private final Subscriptions subscriptions;
    private final Topic topic;
    private final Clock clock;

    LostSubscriptions(Subscriptions subscriptions, Topic topic, Clock clock) {
        this.subscriptions = subscriptions;
        this.topic = topic;
        this.clock = clock;
    }

    @Override
    public void end(String owner, UUID subscription, UUID project) {
        UUID user = Endpoint.user(owner).orElseThrow();
        Attempts.of(() -> {
            Optional<Subscription> found = subscriptions.find(user, subscription)
                    .filter(present -> present.interest().projects().contains(project));
            return found.isEmpty() || isWithout(found.get(), Set.of(project)) ? Optional.of(true) : Optional.empty();
        });
    }

    /**
     * Takes projects out of a subscription, and ends it when none is left. SNS comes first: what died in between is
     * done again.
     *
     * @return false when the subscription has changed since it was read; the caller should look again
     */
    boolean isWithout(Subscription subscription, Set<UUID> lost) {
        Set<UUID> left = new HashSet<>(subscription.interest().projects());
        left.removeAll(lost);
        if (left.isEmpty()) {
            return isEnded(subscription, Reason.ACCESS_LOST);
        }
        Interest less = new Interest(left, subscription.interest().events(), subscription.interest().outcomes());
        subscription.arn().ifPresent(arn -> topic.filter(arn, less));
        return subscriptions.replace(subscription, subscription.interestedIn(less),
                subscriptions.unlinks(subscription, lost));
    }

    /** Ends a subscription, at SNS too; false when it has changed since it was read. */
    boolean isEnded(Subscription subscription, Reason reason) {
        if (reason != Reason.GONE_AT_SNS) {
            subscription.arn().ifPresent(topic::unsubscribe);
        }
        return subscriptions.end(subscription, new Ended(subscription.id(), subscription.userId(),
                subscription.protocol(), reason, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }
}
