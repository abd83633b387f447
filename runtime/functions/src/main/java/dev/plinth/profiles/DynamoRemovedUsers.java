package dev.plinth.profiles;

import static dev.plinth.functions.aws.Values.number;
import static dev.plinth.functions.aws.Values.seconds;
import static dev.plinth.functions.aws.Values.text;

import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.aws.Transactions;
import dev.plinth.functions.aws.Values;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** The marks, in the place of the profiles. Each write is a transaction, as quotas are counted in others meanwhile. */
@Singleton
final class DynamoRemovedUsers implements RemovedUsers {

    /** How long a mark stays on which nothing counts: far beyond the last access token that could still write. */
    private static final Duration MARK_KEPT = Duration.ofDays(30);

    private final DynamoDbClient dynamo;
    private final Transactions transactions;
    private final StudioTables tables;
    private final Clock clock;

    DynamoRemovedUsers(DynamoDbClient dynamo, Transactions transactions, StudioTables tables, Clock clock) {
        this.dynamo = dynamo;
        this.transactions = transactions;
        this.tables = tables;
        this.clock = clock;
    }

    /** The revision makes whoever read the profile before read again, and find the mark. */
    @Override
    public void mark(UUID user) {
        write(update(user)
                .updateExpression("SET #removed = if_not_exists(#removed, :now), #revision = :revision"
                        + " REMOVE #name, #about")
                .expressionAttributeNames(Map.of("#removed", ProfileItems.REMOVED_AT,
                        "#revision", ProfileItems.REVISION, "#name", ProfileItems.NAME, "#about", ProfileItems.ABOUT))
                .expressionAttributeValues(Map.of(":now", text(clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                        ":revision", text(UUID.randomUUID()))));
    }

    @Override
    public boolean isMarked(UUID user) {
        return ProfileItems.isRemoved(item(user));
    }

    @Override
    public Remainder remainder(UUID user) {
        Map<String, AttributeValue> item = item(user);
        Set<UUID> deletions = Optional.ofNullable(item.get(ProfileItems.DELETIONS)).map(AttributeValue::ss)
                .orElse(List.of()).stream().map(UUID::fromString).collect(Collectors.toSet());
        return new Remainder(Values.number(item, ProfileItems.count(Quota.PROJECTS)), deletions);
    }

    @Override
    public void noteDeletion(UUID user, UUID project) {
        writeDeletion("ADD", user, project);
    }

    @Override
    public void forgetDeletion(UUID user, UUID project) {
        writeDeletion("DELETE", user, project);
    }

    private void writeDeletion(String verb, UUID user, UUID project) {
        write(update(user)
                .updateExpression(verb + " #deletions :project")
                .expressionAttributeNames(Map.of("#deletions", ProfileItems.DELETIONS))
                .expressionAttributeValues(Map.of(":project", AttributeValue.fromSs(List.of(project.toString())))));
    }

    @Override
    public void expire(UUID user) {
        // Where the condition does not hold, the mark stays, and there is nothing else to do.
        write(update(user)
                .updateExpression("SET #expiresAt = if_not_exists(#expiresAt, :expiresAt)")
                .conditionExpression("attribute_exists(#removed) AND attribute_not_exists(#deletions)"
                        + " AND (attribute_not_exists(#projects) OR #projects = :none)"
                        + " AND (attribute_not_exists(#teams) OR #teams = :none)")
                .expressionAttributeNames(Map.of("#expiresAt", Attributes.EXPIRES_AT,
                        "#removed", ProfileItems.REMOVED_AT, "#deletions", ProfileItems.DELETIONS,
                        "#projects", ProfileItems.count(Quota.PROJECTS), "#teams", ProfileItems.count(Quota.TEAMS)))
                .expressionAttributeValues(Map.of(":expiresAt", seconds(clock.instant().plus(MARK_KEPT)),
                        ":none", number(0))));
    }

    private Map<String, AttributeValue> item(UUID user) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table()).key(ProfileItems.key(user)).consistentRead(true).build();
        return AwsFailures.calling(() -> dynamo.getItem(request)).item();
    }

    private Update.Builder update(UUID user) {
        return Update.builder().tableName(table()).key(ProfileItems.key(user));
    }

    private void write(Update.Builder update) {
        transactions.write(UUID.randomUUID().toString(),
                List.of(TransactWriteItem.builder().update(update.build()).build()));
    }

    private String table() {
        return tables.nameOf(StudioTable.USERS);
    }
}
