package dev.plinth.notifications;

import dev.plinth.functions.time.TimeOrderedIds;
import dev.plinth.webhooks.Deliveries;
import dev.plinth.webhooks.Delivery;
import dev.plinth.webhooks.DeliveryQueue;
import dev.plinth.webhooks.EndpointState;
import dev.plinth.webhooks.Payloads;
import dev.plinth.webhooks.Secrets;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Asks at an address whether it wants to be told: by SNS's own mail, by a code in a text, or by a signed request with a
 * token. Thread-safe.
 */
@Singleton
@Requires(env = "notifications")
class Challenges {
    static final Duration CODE_LIFETIME = Duration.ofMinutes(10);
    static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

    private final Topic topic;
    private final Subscriptions subscriptions;
    private final Deliveries deliveries;
    private final DeliveryQueue queue;
    private final Payloads payloads;
    private final TimeOrderedIds ids;
    private final Clock clock;

    Challenges(Topic topic, Subscriptions subscriptions, Deliveries deliveries, DeliveryQueue queue, Payloads payloads,
            TimeOrderedIds ids, Clock clock) {
        this.topic = topic;
        this.subscriptions = subscriptions;
        this.deliveries = deliveries;
        this.queue = queue;
        this.payloads = payloads;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A challenge that has not been sent.
     *
     * @param subscription as it waits for the answer; to be stored before
     * @param writes       what is stored along with it
     * @param sending      sends it, and returns the subscription as it is then
     */
    record Challenge(Subscription subscription, List<TransactWriteItem> writes,
            Supplier<Subscription> sending) {
        Subscription send() {
            return sending.get();
        }
    }


    /** Prepares the challenge of a subscription that is not active. */
    Challenge of(Subscription subscription) {
        return switch (subscription.protocol()) {
            case EMAIL -> new Challenge(subscription, List.of(), () -> mailed(subscription));
            case SMS -> code(subscription);
            case WEBHOOK -> token(subscription);
        };
    }

    /** What the mail says, and its token, are SNS's. */
    private Subscription mailed(Subscription subscription) {
        String arn = topic.subscribe(Protocol.EMAIL, subscription.address(), subscription.interest(), "/email");
        Subscription known = subscription.known(arn, EndpointState.PENDING, now());
        // If it was changed meanwhile, somebody else has asked as well, and found the same ARN.
        return subscriptions.replace(subscription, known, List.of()) ? known : subscription;
    }

    private Challenge code(Subscription subscription) {
        String code = Proof.newCode();
        Subscription asking = subscription.asking(Proof.of(subscription.id(), code), now().plus(CODE_LIFETIME),
                Optional.empty());
        return new Challenge(asking, List.of(), () -> {
            topic.text(subscription.address(), code + " is your Plinth code, good for 10 minutes. Who did not ask for"
                    + " it need not do anything.");
            return asking;
        });
    }

    private Challenge token(Subscription subscription) {
        String token = Proof.newToken();
        Subscription asking = subscription.asking(Proof.of(subscription.id(), token), now().plus(TOKEN_LIFETIME),
                Optional.of(Secrets.generate()));
        Delivery delivery = Delivery.ofConfirmation(subscription.id(), ids.next(),
                payloads.confirmation(subscription.id(), token, now()));
        return new Challenge(asking, List.of(deliveries.creation(delivery)), () -> {
            queue.send(subscription.owner(), delivery, 1, Duration.ZERO);
            return asking;
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
