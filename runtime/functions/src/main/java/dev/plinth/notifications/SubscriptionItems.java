package dev.plinth.notifications;

import static dev.plinth.functions.aws.Values.number;
import static dev.plinth.functions.aws.Values.seconds;
import static dev.plinth.functions.aws.Values.text;
import static dev.plinth.functions.aws.Values.time;

import dev.plinth.notifications.Ended.Reason;
import dev.plinth.webhooks.Endpoint;
import dev.plinth.webhooks.EndpointKind;
import dev.plinth.webhooks.EndpointState;
import dev.plinth.webhooks.IntegrationItems;
import dev.plinth.webhooks.Interest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes subscriptions as items of the integrations table, and reads them back. */
final class SubscriptionItems {
    private static final Duration ENDED_FOR = Duration.ofDays(7);

    private static final String USER = "USER#";
    private static final String ENDED = "ENDED#";

    private static final String ADDRESS = "address";
    private static final String ARN = "subscriptionArn";
    private static final String CHECKED_AT = "checkedAt";
    private static final String CONFIRM_BY = "confirmBy";
    private static final String PROOF = "proof";
    private static final String PROOF_ATTEMPTS = "proofAttempts";
    private static final String REASON = "reason";
    private static final String AT = "at";

    private SubscriptionItems() {
    }

    static Map<String, AttributeValue> item(Subscription subscription) {
        Map<String, AttributeValue> item = new HashMap<>();
        if (subscription.protocol() == Protocol.WEBHOOK) {
            item.putAll(IntegrationItems.attributes(endpoint(subscription)));
        } else {
            item.putAll(IntegrationItems.key(subscription.owner(), subscription.id().toString()));
            item.putAll(IntegrationItems.attributes(subscription.interest()));
            item.put(IntegrationItems.KIND, text(subscription.protocol().name()));
            item.put(IntegrationItems.STATE, text(subscription.state().name()));
            item.put(ADDRESS, text(subscription.address()));
        }
        item.put(IntegrationItems.REVISION, text(subscription.revision()));
        subscription.arn().ifPresent(arn -> item.put(ARN, text(arn)));
        subscription.checkedAt().ifPresent(at -> item.put(CHECKED_AT, text(at)));
        subscription.confirmBy().ifPresent(by -> {
            item.put(CONFIRM_BY, text(by));
            item.put(IntegrationItems.EXPIRES_AT, seconds(by));
        });
        subscription.proof().ifPresent(proof -> {
            item.put(PROOF, text(proof.hash()));
            item.put(PROOF_ATTEMPTS, number(proof.attempts()));
        });
        return item;
    }

    static Subscription subscription(Map<String, AttributeValue> item) {
        Protocol protocol = Protocol.valueOf(item.get(IntegrationItems.KIND).s());
        Optional<Endpoint> endpoint = protocol == Protocol.WEBHOOK
                ? Optional.of(IntegrationItems.endpoint(item)) : Optional.empty();
        Interest interest = IntegrationItems.interest(item);
        return new Subscription(
                UUID.fromString(item.get(IntegrationItems.ID).s()),
                UUID.fromString(item.get(IntegrationItems.OWNER).s().substring(USER.length())),
                protocol,
                endpoint.map(webhook -> webhook.url().toString()).orElseGet(() -> item.get(ADDRESS).s()),
                interest,
                EndpointState.valueOf(item.get(IntegrationItems.STATE).s()),
                text(item, ARN),
                instant(item, CHECKED_AT),
                instant(item, CONFIRM_BY),
                text(item, PROOF).map(hash -> new Proof(hash, (int) number(item, PROOF_ATTEMPTS))),
                endpoint.map(Endpoint::secrets),
                (int) number(item, IntegrationItems.FAILURES),
                item.get(IntegrationItems.REVISION).s());
    }

    static Map<String, AttributeValue> item(Ended ended) {
        Map<String, AttributeValue> item = new HashMap<>(endedKey(ended.userId(), ended.id()));
        item.put(IntegrationItems.KIND, text(ended.protocol().name()));
        item.put(REASON, text(ended.reason().name()));
        item.put(AT, text(ended.at()));
        item.put(IntegrationItems.EXPIRES_AT, seconds(ended.at().plus(ENDED_FOR)));
        return item;
    }

    static Ended ended(UUID user, Map<String, AttributeValue> item) {
        return new Ended(UUID.fromString(item.get(IntegrationItems.ID).s()), user,
                Protocol.valueOf(item.get(IntegrationItems.KIND).s()), Reason.valueOf(item.get(REASON).s()),
                time(item, AT));
    }

    static Map<String, AttributeValue> endedKey(UUID user, UUID id) {
        return IntegrationItems.key(ENDED + Endpoint.ofUser(user), id.toString());
    }

    private static Endpoint endpoint(Subscription subscription) {
        return new Endpoint(subscription.owner(), subscription.id(), EndpointKind.WEBHOOK,
                URI.create(subscription.address()), subscription.secrets().orElseThrow(), subscription.interest(),
                subscription.state(), subscription.failures());
    }

    private static Optional<Instant> instant(Map<String, AttributeValue> item, String name) {
        return item.containsKey(name) ? Optional.of(time(item, name)) : Optional.empty();
    }
}
