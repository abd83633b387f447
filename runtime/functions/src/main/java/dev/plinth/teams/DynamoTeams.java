package dev.plinth.teams;

import static dev.plinth.functions.aws.Values.number;
import static dev.plinth.functions.aws.Values.text;

import dev.plinth.activity.ActivityWrites;
import dev.plinth.activity.Happening;
import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.contract.StudioTable.Indexes;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.Cancellation;
import dev.plinth.functions.aws.Pause;
import dev.plinth.functions.aws.StudioLists;
import dev.plinth.functions.aws.StudioLists.Partition;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.aws.Transactions;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.profiles.Quota;
import dev.plinth.profiles.Quotas;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Teams in partitions of their own. Every change, one of a member too, has the condition that the team's revision is
 * the one that was read, and stamps another. So what was read decides: who the last owner is, how many members there
 * are.
 */
@Singleton
@Requires(env = {"studio", "studio-worker"})
final class DynamoTeams {

    /** What one request can read (DynamoDB API reference, BatchGetItem). */
    private static final int BATCH = 100;

    private static final int ATTEMPTS = 10;

    private final DynamoDbClient dynamo;
    private final Transactions transactions;
    private final StudioLists lists;
    private final StudioTables tables;
    private final Quotas quotas;
    private final ActivityWrites activity;

    DynamoTeams(DynamoDbClient dynamo, Transactions transactions, StudioLists lists, StudioTables tables, Quotas quotas,
            ActivityWrites activity) {
        this.dynamo = dynamo;
        this.transactions = transactions;
        this.lists = lists;
        this.tables = tables;
        this.quotas = quotas;
        this.activity = activity;
    }

    /**
     * Adds a team.
     *
     * @throws Failure CONFLICT when its creator has made as many as they may, FORBIDDEN when their account has been
     *                 removed
     */
    void add(Team team) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(quotas.use(team.creatorId(), Quota.TEAMS));
        writes.add(TransactWriteItem.builder().put(put -> put
                .tableName(table())
                .item(TeamItems.item(team))
                .conditionExpression("attribute_not_exists(#team)")
                .expressionAttributeNames(Map.of("#team", Attributes.TEAM_ID))).build());
        team.members().forEach((user, role) -> writes.add(put(team.id(), user, role)));
        writes.addAll(happening(team, team.creatorId(), "team.created", Map.of(), team.updatedAt()));
        transactions.write(team.revision(), writes).ifPresent(refused -> {
            throw quotas.refusal(refused, 0, Quota.TEAMS)
                    .orElseThrow(() -> new IllegalStateException("Another team has the same id"));
        });
    }

    /** Returns the team and its members, read consistently; empty when there is none. */
    Optional<Team> find(UUID team) {
        QueryRequest request = QueryRequest.builder()
                .tableName(table())
                .consistentRead(true)
                .keyConditionExpression("#team = :team")
                .expressionAttributeNames(Map.of("#team", Attributes.TEAM_ID))
                .expressionAttributeValues(Map.of(":team", text(team)))
                .build();
        // A team has few members, so one response holds them all.
        return TeamItems.team(AwsFailures.calling(() -> dynamo.query(request)).items());
    }

    /**
     * Returns a page of the teams in which a user is. The index tells where to look; what is shown, the table says, so
     * that a team which the user has just left is not on the page.
     */
    IdPage<Membership> ofUser(UUID user, IdPageRequest page) {
        IdPage<UUID> found = idsOfUser(user, page);
        Map<UUID, TeamDetails> details = new HashMap<>();
        Map<UUID, TeamRole> roles = new HashMap<>();
        items(found.items().stream()
                .flatMap(team -> List.of(TeamItems.teamKey(team), TeamItems.memberKey(team, user)).stream()).toList())
                .forEach(item -> {
                    UUID team = UUID.fromString(item.get(Attributes.TEAM_ID).s());
                    if (TeamItems.isTeam(item)) {
                        details.put(team, TeamItems.details(item));
                    } else {
                        roles.put(team, TeamItems.role(item));
                    }
                });
        return new IdPage<>(found.items().stream()
                .filter(team -> details.containsKey(team) && roles.containsKey(team))
                .map(team -> new Membership(team, details.get(team), roles.get(team)))
                .toList(), found.next());
    }

    /** Returns a page of the ids of teams in which a user is, as the index has them: those of a moment ago. */
    IdPage<UUID> idsOfUser(UUID user, IdPageRequest page) {
        return lists.page(Partition.ofIndex(StudioTable.TEAMS, Indexes.TEAMS_BY_USER, user), page,
                item -> UUID.fromString(item.get(Attributes.TEAM_ID).s()));
    }

    /** Replaces what a team is called; does nothing, and returns false, unless it is as before. */
    boolean replace(Team before, Team after, UUID actor) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(stamp(before, after));
        writes.addAll(happening(after, actor, "team.changed", Map.of(), after.updatedAt()));
        return transactions.write(after.revision(), writes).isEmpty();
    }

    /** Writes what has become of its members; does nothing, and returns false, unless the team is as before. */
    boolean replaceMembers(Team before, Team after, UUID actor) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(stamp(before, after));
        Set<UUID> members = new TreeSet<>(before.members().keySet());
        members.addAll(after.members().keySet());
        members.removeIf(member -> before.role(member).equals(after.role(member)));
        members.forEach(member -> writes.addAll(replacement(before, after, member, actor)));
        return transactions.write(after.revision(), writes).isEmpty();
    }

    private List<TransactWriteItem> replacement(Team before, Team after, UUID member, UUID actor) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(after.role(member).map(role -> put(after.id(), member, role))
                .orElseGet(() -> delete(after.id(), member)));
        Map<String, String> detail = new HashMap<>(Map.of("member", member.toString()));
        after.role(member).ifPresent(role -> detail.put("role", role.name()));
        String type = after.role(member).isEmpty() ? "team.member-removed"
                : before.role(member).isEmpty() ? "team.member-added" : "team.member-changed";
        writes.addAll(happening(after, actor, type, detail, after.updatedAt()));
        return writes;
    }

    /**
     * Removes a team with its members; does nothing, and returns false, unless it is as before.
     *
     * @throws Failure CONFLICT while projects are shared with it
     */
    boolean remove(Team team, UUID actor, Instant at) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder().delete(delete -> delete
                .tableName(table())
                .key(TeamItems.teamKey(team.id()))
                .conditionExpression("#revision = :before AND (attribute_not_exists(#projects) OR #projects = :none)")
                .expressionAttributeNames(Map.of("#revision", TeamItems.REVISION, "#projects", TeamItems.PROJECTS))
                .expressionAttributeValues(Map.of(":before", text(team.revision()), ":none", number(0)))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)).build());
        writes.add(quotas.free(team.creatorId(), Quota.TEAMS));
        team.members().keySet().forEach(member -> writes.add(delete(team.id(), member)));
        writes.addAll(happening(team, actor, "team.deleted", Map.of(), at));
        Optional<Cancellation> refused = transactions.write(UUID.randomUUID().toString(), writes);
        refused.flatMap(cause -> cause.itemAgainst(0))
                .filter(item -> item.get(TeamItems.REVISION).s().equals(team.revision()))
                .ifPresent(item -> {
                    throw new Failure(Kind.CONFLICT, "Projects are shared with the team. Delete them, or share them no"
                            + " longer, first.");
                });
        return refused.isEmpty();
    }

    private TransactWriteItem stamp(Team before, Team after) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":before", text(before.revision()),
                ":revision", text(after.revision()),
                ":name", text(after.details().name()),
                ":updatedAt", text(after.updatedAt())));
        after.details().description().ifPresent(description -> values.put(":description", text(description)));
        return TransactWriteItem.builder().update(Update.builder()
                .tableName(table())
                .key(TeamItems.teamKey(after.id()))
                .updateExpression("SET #revision = :revision, #name = :name, #updatedAt = :updatedAt"
                        + (after.details().description().isPresent() ? ", #description = :description"
                                : " REMOVE #description"))
                .conditionExpression("#revision = :before")
                .expressionAttributeNames(Map.of("#revision", TeamItems.REVISION, "#name", TeamItems.NAME,
                        "#updatedAt", TeamItems.UPDATED_AT, "#description", TeamItems.DESCRIPTION))
                .expressionAttributeValues(values)
                .build()).build();
    }

    private TransactWriteItem put(UUID team, UUID user, TeamRole role) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table()).item(TeamItems.item(team, user, role))).build();
    }

    private TransactWriteItem delete(UUID team, UUID user) {
        return TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table()).key(TeamItems.memberKey(team, user))).build();
    }

    /** A team is in no project, so what happens to it is recorded below its own id. */
    private List<TransactWriteItem> happening(Team team, UUID actor, String type, Map<String, String> more,
            Instant at) {
        Map<String, String> detail = new HashMap<>(more);
        detail.put("name", team.details().name());
        return activity.of(new Happening(
                team.id(), Optional.of(actor), type, team.id().toString(), detail, Map.of(), at));
    }

    /** Returns those of the items that there are, read consistently. */
    private List<Map<String, AttributeValue>> items(List<Map<String, AttributeValue>> keys) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += BATCH) {
            items.addAll(batch(new HashSet<>(keys.subList(from, Math.min(keys.size(), from + BATCH)))));
        }
        return items;
    }

    private List<Map<String, AttributeValue>> batch(Set<Map<String, AttributeValue>> keys) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        Map<String, KeysAndAttributes> missing = Map.of(
                table(), KeysAndAttributes.builder().keys(keys).consistentRead(true).build());
        for (int attempt = 1; !missing.isEmpty(); attempt++) {
            if (attempt > ATTEMPTS) {
                throw new Failure(Kind.UNAVAILABLE, "The table of teams is too busy. Try again.");
            }
            BatchGetItemRequest request = BatchGetItemRequest.builder().requestItems(missing).build();
            BatchGetItemResponse response = AwsFailures.calling(() -> dynamo.batchGetItem(request));
            items.addAll(response.responses().getOrDefault(table(), List.of()));
            // What the table was too busy for is asked for again.
            missing = response.unprocessedKeys();
            if (!missing.isEmpty()) {
                Pause.after(attempt);
            }
        }
        return items;
    }

    private String table() {
        return tables.nameOf(StudioTable.TEAMS);
    }
}
