package dev.plinth.notifications;

import static dev.plinth.functions.aws.Values.text;

import dev.plinth.contract.StudioTable;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.Cancellation;
import dev.plinth.functions.aws.StudioLists;
import dev.plinth.functions.aws.StudioLists.Partition;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.aws.Transactions;
import dev.plinth.functions.aws.Values;
import dev.plinth.functions.idempotency.Fingerprint;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.notifications.Holdings.Held;
import dev.plinth.webhooks.Endpoint;
import dev.plinth.webhooks.IntegrationItems;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Subscriptions in the integrations table. An address of SNS's is one person's: SNS knows one subscription of it, and
 * who ended theirs would end the other's. Every method throws {@link Failure} UNAVAILABLE when the table does not
 * answer
 * in time. Thread-safe.
 */
@Singleton
class Subscriptions {
    static final int MOST = 20;

    private static final String ADDRESSES = "ADDRESS#";
    private static final String CLAIM = "CLAIM";
    private static final String CLAIMED_BY = "claimedBy";
    private static final String CLAIMED_FOR = "claimedFor";

    private final Holdings holdings;
    private final Transactions transactions;
    private final StudioLists lists;
    private final String table;

    Subscriptions(Holdings holdings, Transactions transactions, StudioLists lists, StudioTables tables) {
        this.holdings = holdings;
        this.transactions = transactions;
        this.lists = lists;
        this.table = tables.nameOf(StudioTable.INTEGRATIONS);
    }

    /**
     * Returns all that a user has, for {@link #add}.
     *
     * @throws Failure FORBIDDEN when the user's account has been removed
     */
    Held held(UUID user) {
        return holdings.read(Endpoint.ofUser(user));
    }

    /** Lets no subscription of a user's be added any more. */
    void close(UUID user) {
        holdings.close(Endpoint.ofUser(user));
    }

    /** Returns what a user has, also what has expired; empty only when there is nothing. */
    List<Subscription> left(UUID user) {
        return holdings.all(Endpoint.ofUser(user)).stream().map(SubscriptionItems::subscription).toList();
    }

    Optional<Subscription> find(UUID user, UUID id) {
        return holdings.item(IntegrationItems.key(Endpoint.ofUser(user), id.toString()))
                .map(SubscriptionItems::subscription);
    }

    Optional<Ended> findEnded(UUID user, UUID id) {
        return holdings.item(SubscriptionItems.endedKey(user, id)).map(item -> SubscriptionItems.ended(user, item));
    }

    IdPage<Subscription> list(UUID user, IdPageRequest page) {
        return lists.page(new Partition(StudioTable.INTEGRATIONS, Optional.empty(), Endpoint.ofUser(user), List.of()),
                page, SubscriptionItems::subscription);
    }

    /**
     * Adds a subscription.
     *
     * @param held what its owner had when it was decided that it may be added
     * @param more what is written along with it
     * @return false when its owner has added another one since; nothing was written then
     */
    boolean add(Subscription subscription, Held held, List<TransactWriteItem> more) {
        List<TransactWriteItem> writes = new ArrayList<>(held.additions());
        writes.add(put(subscription, Optional.empty()));
        writes.addAll(more);
        return transactions.write(subscription.revision(), writes).isEmpty();
    }

    /**
     * Replaces a subscription if it still is as it was before.
     *
     * @return false when it is not, or when something that was written along with it was refused; nothing was written
     */
    boolean replace(Subscription before, Subscription after, List<TransactWriteItem> more) {
        List<TransactWriteItem> writes = new ArrayList<>(List.of(put(after, Optional.of(before))));
        writes.addAll(more);
        return transactions.write(after.revision(), writes).isEmpty();
    }

    /** Removes a subscription with all that leads to it, and leaves what says why; true when it is gone. */
    boolean end(Subscription subscription, Ended ended) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder().delete(Delete.builder()
                .tableName(table)
                .key(IntegrationItems.key(subscription.owner(), subscription.id().toString()))
                .conditionExpression("#revision = :revision")
                .expressionAttributeNames(Map.of("#revision", IntegrationItems.REVISION))
                .expressionAttributeValues(Map.of(":revision", text(subscription.revision())))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build()).build());
        writes.add(TransactWriteItem.builder()
                .put(Put.builder().tableName(table).item(SubscriptionItems.item(ended)).build()).build());
        writes.addAll(unlinks(subscription, subscription.interest().projects()));
        if (holdsAddress(subscription)) {
            writes.add(removal(claimKey(subscription)));
        }
        Optional<Cancellation> refused = transactions.write(UUID.randomUUID().toString(), writes);
        return refused.isEmpty() || refused.get().itemAgainst(0).isEmpty();
    }

    /** Returns the writes by which notices of its projects lead to a subscription. */
    List<TransactWriteItem> links(Subscription subscription) {
        return subscription.interest().projects().stream()
                .map(project -> IntegrationItems.link(subscription.owner(), subscription.id(), project))
                .map(item -> TransactWriteItem.builder().put(Put.builder().tableName(table).item(item).build()).build())
                .toList();
    }

    /** Returns the writes after which notices of some projects lead to it no more. */
    List<TransactWriteItem> unlinks(Subscription subscription, Collection<UUID> projects) {
        return projects.stream().map(project -> removal(IntegrationItems.linkKey(subscription.id(), project))).toList();
    }

    /** Returns the write by which the address becomes this subscription's, unless it is another's. */
    TransactWriteItem claim(Subscription subscription) {
        Map<String, AttributeValue> item = new HashMap<>(claimKey(subscription));
        item.put(CLAIMED_BY, text(subscription.userId()));
        item.put(CLAIMED_FOR, text(subscription.id()));
        return TransactWriteItem.builder().put(Put.builder()
                .tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(#for) OR #for = :for")
                .expressionAttributeNames(Map.of("#for", CLAIMED_FOR))
                .expressionAttributeValues(Map.of(":for", text(subscription.id())))
                .build()).build();
    }

    /** Returns whose the address of a subscription is, when it is not this one's. */
    Optional<Subscription> holderOfAddress(Subscription subscription) {
        return holdings.item(claimKey(subscription))
                .filter(claim -> !Values.id(claim, CLAIMED_FOR).equals(Optional.of(subscription.id())))
                .flatMap(claim -> find(Values.id(claim, CLAIMED_BY).orElseThrow(),
                        Values.id(claim, CLAIMED_FOR).orElseThrow()));
    }

    static Failure contended() {
        return new Failure(Kind.UNAVAILABLE, "Too many requests change your subscriptions at once. Try again.");
    }

    /** By e-mail from the beginning, since SNS may confirm it unseen; by SMS from when the number is proven. */
    private static boolean holdsAddress(Subscription subscription) {
        return subscription.protocol() == Protocol.EMAIL
                || subscription.protocol() == Protocol.SMS && subscription.isActive();
    }

    private TransactWriteItem put(Subscription subscription, Optional<Subscription> before) {
        Put.Builder put = Put.builder().tableName(table).item(SubscriptionItems.item(subscription))
                .expressionAttributeNames(Map.of("#revision", IntegrationItems.REVISION));
        before.ifPresentOrElse(
                seen -> put.conditionExpression("#revision = :seen")
                        .expressionAttributeValues(Map.of(":seen", text(seen.revision()))),
                () -> put.conditionExpression("attribute_not_exists(#revision)"));
        return TransactWriteItem.builder().put(put.build()).build();
    }

    private TransactWriteItem removal(Map<String, AttributeValue> key) {
        return TransactWriteItem.builder().delete(Delete.builder().tableName(table).key(key).build()).build();
    }

    /** A hash, so that nobody reads addresses in keys. */
    private static Map<String, AttributeValue> claimKey(Subscription subscription) {
        return IntegrationItems.key(ADDRESSES + hash(subscription.protocol(), subscription.address()), CLAIM);
    }

    static String hash(Protocol protocol, String address) {
        return HexFormat.of().formatHex(Fingerprint.of(List.of(protocol.name(), address)));
    }
}
