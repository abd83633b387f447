package dev.plinth.profiles;

import static dev.plinth.functions.aws.Values.number;
import static dev.plinth.functions.aws.Values.text;

import dev.plinth.activity.ActivityWrites;
import dev.plinth.activity.Happening;
import dev.plinth.contract.StudioTable;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.Cancellation;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.aws.Transactions;
import dev.plinth.functions.aws.Values;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Profiles and quotas in one item a person. Whatever changes it stamps another revision, as a reader sees all of it.
 */
@Singleton
final class DynamoProfiles implements Quotas {

    private final DynamoDbClient dynamo;
    private final Transactions transactions;
    private final StudioTables tables;
    private final ActivityWrites activity;

    DynamoProfiles(DynamoDbClient dynamo, Transactions transactions, StudioTables tables, ActivityWrites activity) {
        this.dynamo = dynamo;
        this.transactions = transactions;
        this.tables = tables;
        this.activity = activity;
    }

    /**
     * Returns the profile, read consistently; a blank one when nothing is known of the person.
     *
     * @throws Failure FORBIDDEN when the person's account has been removed
     */
    Profile find(UUID user) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table()).key(ProfileItems.key(user)).consistentRead(true).build();
        Map<String, AttributeValue> item = AwsFailures.calling(() -> dynamo.getItem(request)).item();
        if (item.isEmpty()) {
            return Profile.blank(user);
        }
        if (ProfileItems.isRemoved(item)) {
            throw Failure.accountRemoved();
        }
        Map<Quota, Long> used = new EnumMap<>(Quota.class);
        for (Quota quota : Quota.values()) {
            used.put(quota, Values.number(item, ProfileItems.count(quota)));
        }
        return new Profile(user, Values.text(item, ProfileItems.NAME), Values.text(item, ProfileItems.ABOUT), used,
                item.get(ProfileItems.REVISION).s());
    }

    /** Writes what a person says of themselves; does nothing, and returns false, unless the profile is as before. */
    boolean replace(Profile before, Profile after, Instant at) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder().update(replacement(before, after)).build());
        writes.addAll(activity.of(new Happening(after.userId(), Optional.of(after.userId()), "profile.changed",
                after.userId().toString(), Map.of(), Map.of(), at)));
        return transactions.write(after.revision(), writes).isEmpty();
    }

    private Update replacement(Profile before, Profile after) {
        StringJoiner set = new StringJoiner(", ", "SET ", "");
        StringJoiner remove = new StringJoiner(", ", " REMOVE ", "").setEmptyValue("");
        Map<String, String> names = new HashMap<>(Map.of("#revision", ProfileItems.REVISION));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":revision", text(after.revision())));
        set.add("#revision = :revision");
        Map.of(ProfileItems.NAME, after.name(), ProfileItems.ABOUT, after.about()).forEach((attribute, value) -> {
            names.put("#" + attribute, attribute);
            if (value.isPresent()) {
                set.add("#" + attribute + " = :" + attribute);
                values.put(":" + attribute, text(value.get()));
            } else {
                remove.add("#" + attribute);
            }
        });
        boolean blank = before.revision().equals(Profile.BLANK);
        if (!blank) {
            values.put(":before", text(before.revision()));
        }
        return Update.builder()
                .tableName(table())
                .key(ProfileItems.key(after.userId()))
                .updateExpression(set.toString() + remove)
                .conditionExpression(blank ? "attribute_not_exists(#revision)" : "#revision = :before")
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    @Override
    public TransactWriteItem use(UUID user, Quota quota) {
        return TransactWriteItem.builder().update(count(user)
                .conditionExpression("attribute_not_exists(#removed)"
                        + " AND (attribute_not_exists(#count) OR #count < :bound)")
                .expressionAttributeNames(Map.of("#revision", ProfileItems.REVISION,
                        "#removed", ProfileItems.REMOVED_AT, "#count", ProfileItems.count(quota)))
                .expressionAttributeValues(values(1, quota.most()))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build()).build();
    }

    @Override
    public TransactWriteItem free(UUID user, Quota quota) {
        return TransactWriteItem.builder().update(count(user)
                .conditionExpression("#count > :bound")
                .expressionAttributeNames(Map.of("#revision", ProfileItems.REVISION,
                        "#count", ProfileItems.count(quota)))
                .expressionAttributeValues(values(-1, 0))
                .build()).build();
    }

    @Override
    public Optional<Failure> refusal(Cancellation cancellation, int action, Quota quota) {
        if (!cancellation.isAgainst(action)) {
            return Optional.empty();
        }
        return Optional.of(cancellation.itemAgainst(action).filter(ProfileItems::isRemoved)
                .map(mark -> Failure.accountRemoved())
                .orElseGet(() -> new Failure(Kind.CONFLICT, "You have " + quota.most() + ' ' + quota.things()
                        + ", which is the most. Delete one first.")));
    }

    private Update.Builder count(UUID user) {
        return Update.builder()
                .tableName(table())
                .key(ProfileItems.key(user))
                .updateExpression("SET #revision = :revision ADD #count :difference");
    }

    private static Map<String, AttributeValue> values(int difference, int bound) {
        return Map.of(":revision", text(UUID.randomUUID()), ":difference", number(difference), ":bound", number(bound));
    }

    private String table() {
        return tables.nameOf(StudioTable.USERS);
    }
}
