package dev.plinth.profiles;

import static dev.plinth.functions.aws.Values.number;
import static dev.plinth.functions.aws.Values.text;

import dev.plinth.activity.ActivityWrites;
import dev.plinth.activity.Happening;
import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.AwsFailures;
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
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Profiles and quotas in one item a person. Whatever changes it stamps another revision, as a reader sees all of it.
 */
@Singleton
final class DynamoProfiles implements Quotas {

    private static final String NAME = "name";
    private static final String ABOUT = "about";
    private static final String REVISION = "revision";

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

    /** Returns the profile, read consistently; a blank one when nothing is known of the person. */
    Profile find(UUID user) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table()).key(key(user)).consistentRead(true).build();
        Map<String, AttributeValue> item = AwsFailures.calling(() -> dynamo.getItem(request)).item();
        if (item.isEmpty()) {
            return Profile.blank(user);
        }
        Map<Quota, Long> used = new EnumMap<>(Quota.class);
        for (Quota quota : Quota.values()) {
            used.put(quota, Values.number(item, count(quota)));
        }
        return new Profile(user, Values.text(item, NAME), Values.text(item, ABOUT), used, item.get(REVISION).s());
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
        Map<String, String> names = new HashMap<>(Map.of("#revision", REVISION));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":revision", text(after.revision())));
        set.add("#revision = :revision");
        Map.of(NAME, after.name(), ABOUT, after.about()).forEach((attribute, value) -> {
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
                .key(key(after.userId()))
                .updateExpression(set.toString() + remove)
                .conditionExpression(blank ? "attribute_not_exists(#revision)" : "#revision = :before")
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    @Override
    public TransactWriteItem use(UUID user, Quota quota) {
        return count(user, quota, 1, "attribute_not_exists(#count) OR #count < :bound", quota.most());
    }

    @Override
    public TransactWriteItem free(UUID user, Quota quota) {
        return count(user, quota, -1, "#count > :bound", 0);
    }

    @Override
    public Failure exceeded(Quota quota) {
        return new Failure(Kind.CONFLICT, "You have " + quota.most() + ' ' + quota.things()
                + ", which is the most. Delete one first.");
    }

    private TransactWriteItem count(UUID user, Quota quota, int difference, String condition, int bound) {
        return TransactWriteItem.builder().update(update -> update
                .tableName(table())
                .key(key(user))
                .updateExpression("SET #revision = :revision ADD #count :difference")
                .conditionExpression(condition)
                .expressionAttributeNames(Map.of("#revision", REVISION, "#count", count(quota)))
                .expressionAttributeValues(Map.of(":revision", text(UUID.randomUUID()),
                        ":difference", number(difference), ":bound", number(bound)))).build();
    }

    private static String count(Quota quota) {
        return "count#" + quota.things();
    }

    private static Map<String, AttributeValue> key(UUID user) {
        return Map.of(Attributes.USER_ID, text(user));
    }

    private String table() {
        return tables.nameOf(StudioTable.USERS);
    }
}
