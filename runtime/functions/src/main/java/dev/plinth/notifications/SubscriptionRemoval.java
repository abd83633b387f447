package dev.plinth.notifications;

import dev.plinth.functions.aws.Attempts;
import dev.plinth.functions.event.TimeLeft;
import dev.plinth.notifications.Ended.Reason;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Ends the subscriptions of users who are gone. Their partition is closed first, so what is read then is all there will
 * ever be. Thread-safe.
 */
@Singleton
@Requires(env = "studio-worker")
class SubscriptionRemoval implements UserSubscriptions {

    /** For a call of SNS and a transaction that are slow. */
    private static final Duration TIME_FOR_ONE = Duration.ofSeconds(10);

    private final Subscriptions subscriptions;
    private final LostSubscriptions losses;
    private final TimeLeft timeLeft;

    SubscriptionRemoval(Subscriptions subscriptions, LostSubscriptions losses, TimeLeft timeLeft) {
        this.subscriptions = subscriptions;
        this.losses = losses;
        this.timeLeft = timeLeft;
    }

    @Override
    public void endAll(UUID user) {
        subscriptions.close(user);
        Attempts.of(() -> isNothingLeft(user) ? Optional.of(user) : Optional.empty());
    }

    /** What has changed since it was read, the next look finds. */
    private boolean isNothingLeft(UUID user) {
        List<Subscription> left = subscriptions.left(user);
        left.forEach(subscription -> {
            timeLeft.require(TIME_FOR_ONE);
            losses.isEnded(subscription, Reason.ACCESS_LOST);
        });
        return left.isEmpty();
    }
}
