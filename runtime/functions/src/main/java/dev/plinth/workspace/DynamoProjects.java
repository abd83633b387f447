package dev.plinth.workspace;

import static dev.plinth.functions.aws.Values.seconds;
import static dev.plinth.functions.aws.Values.text;

import dev.plinth.activity.ActivityWrites;
import dev.plinth.activity.Happening;
import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.contract.StudioTable.Indexes;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.Cancellation;
import dev.plinth.functions.aws.StudioLists;
import dev.plinth.functions.aws.StudioLists.Partition;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.aws.Transactions;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.profiles.Quota;
import dev.plinth.profiles.Quotas;
import dev.plinth.teams.Memberships;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Writes projects. Each write is a transaction with what it counts, for the owner and for the team, and with its
 * activity. Changes are updates and never whole items, since other features count in the item too.
 */
@Singleton
@Requires(env = {"studio", "studio-worker"})
final class DynamoProjects {

    /**
     * How long the mark of a project stays once nothing of it is left: as long as anybody may ask what became of it.
     */
    private static final Duration MARK_KEPT = Duration.ofDays(30);

    private static final String SAME = "#revision = :before AND attribute_not_exists(#deleted)";

    private final DynamoDbClient dynamo;
    private final Transactions transactions;
    private final StudioLists lists;
    private final StudioTables tables;
    private final Quotas quotas;
    private final Memberships memberships;
    private final ActivityWrites activity;

    DynamoProjects(DynamoDbClient dynamo, Transactions transactions, StudioLists lists, StudioTables tables,
            Quotas quotas, Memberships memberships, ActivityWrites activity) {
        this.dynamo = dynamo;
        this.transactions = transactions;
        this.lists = lists;
        this.tables = tables;
        this.quotas = quotas;
        this.memberships = memberships;
        this.activity = activity;
    }

    /**
     * Adds a project.
     *
     * @throws Failure CONFLICT when its owner has as many as they may, FORBIDDEN when their account has been removed
     */
    void add(Project project) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder().put(put -> put
                .tableName(table())
                .item(ProjectItems.item(project))
                .conditionExpression("attribute_not_exists(#project)")
                .expressionAttributeNames(Map.of("#project", Attributes.PROJECT_ID))).build());
        writes.add(quotas.use(project.ownerId(), Quota.PROJECTS));
        writes.addAll(sharing(Optional.empty(), project.details().teamId()));
        writes.addAll(happening(project, project.ownerId(), "project.created"));
        transactions.write(project.revision(), writes).ifPresent(refused -> {
            quotas.refusal(refused, 1, Quota.PROJECTS).ifPresent(failure -> {
                throw failure;
            });
            refuseUnknownTeam(refused, 2);
            throw new IllegalStateException("Another project has the same id");
        });
    }

    IdPage<Project> ofOwner(UUID owner, IdPageRequest page) {
        return lists.page(Partition.ofIndex(StudioTable.PROJECTS, Indexes.PROJECTS_BY_OWNER, owner), page,
                ProjectItems::project);
    }

    IdPage<Project> ofTeam(UUID team, IdPageRequest page) {
        return lists.page(Partition.ofIndex(StudioTable.PROJECTS, Indexes.PROJECTS_BY_TEAM, team), page,
                ProjectItems::project);
    }

    /** Replaces a project; does nothing, and returns false, unless it is as before. */
    boolean replace(Project before, Project after, UUID actor) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder().update(replacement(before, after)).build());
        writes.addAll(sharing(before.details().teamId(), after.details().teamId()));
        writes.addAll(happening(after, actor, "project.changed"));
        Optional<Cancellation> refused = transactions.write(after.revision(), writes);
        refused.filter(cause -> !cause.isAgainst(0)).ifPresent(cause -> refuseUnknownTeam(cause, 1));
        return refused.isEmpty();
    }

    /**
     * Marks a project as deleted, and takes it out of every list and count; does nothing, and returns false, unless it
     * is as before and has had no deployment since.
     */
    boolean mark(Project project, UUID actor, Instant at) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder().update(marking(project, at)).build());
        writes.add(quotas.free(project.ownerId(), Quota.PROJECTS));
        writes.addAll(sharing(project.details().teamId(), Optional.empty()));
        writes.addAll(activity.of(new Happening(project.id(), Optional.of(actor), "project.deleted",
                project.id().toString(), Map.of("name", project.details().name()), Map.of(), at)));
        Optional<Cancellation> refused = transactions.write(UUID.randomUUID().toString(), writes);
        if (refused.filter(cause -> !cause.isAgainst(0)).isPresent()) {
            throw new IllegalStateException("The project is counted nowhere");
        }
        return refused.isEmpty();
    }

    /** Lets the mark of a project expire: nothing of the project is left. */
    void forget(UUID project, Instant now) {
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table())
                .key(ProjectItems.key(project))
                .updateExpression("SET #expiresAt = if_not_exists(#expiresAt, :expiresAt)")
                .conditionExpression("attribute_exists(#deleted)")
                .expressionAttributeNames(Map.of("#expiresAt", Attributes.EXPIRES_AT,
                        "#deleted", ProjectItems.DELETED_AT))
                .expressionAttributeValues(Map.of(":expiresAt", seconds(now.plus(MARK_KEPT))))
                .build();
        AwsFailures.calling(() -> dynamo.updateItem(request));
    }

    /** A team can go between the look at the caller's role in it and the write. */
    private static void refuseUnknownTeam(Cancellation refused, int from) {
        for (int action = from; action < from + 2; action++) {
            if (refused.isAgainst(action)) {
                throw Failure.invalid(Violation.Place.BODY, "/teamId", ProjectService.UNKNOWN_TEAM);
            }
        }
    }

    private Update replacement(Project before, Project after) {
        ProjectDetails details = after.details();
        Map<String, String> names = new HashMap<>(Map.of("#revision", ProjectItems.REVISION,
                "#deleted", ProjectItems.DELETED_AT, "#name", ProjectItems.NAME,
                "#updatedAt", ProjectItems.UPDATED_AT, "#description", ProjectItems.DESCRIPTION,
                "#team", Attributes.TEAM_ID));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":before", text(before.revision()),
                ":revision", text(after.revision()), ":name", text(details.name()),
                ":updatedAt", text(after.updatedAt())));
        details.description().ifPresent(description -> values.put(":description", text(description)));
        details.teamId().ifPresent(team -> values.put(":team", text(team)));
        String set = "SET #revision = :revision, #name = :name, #updatedAt = :updatedAt"
                + (details.description().isPresent() ? ", #description = :description" : "")
                + (details.teamId().isPresent() ? ", #team = :team" : "");
        String remove = details.description().isPresent() && details.teamId().isPresent() ? ""
                : details.description().isPresent() ? " REMOVE #team"
                : details.teamId().isPresent() ? " REMOVE #description" : " REMOVE #description, #team";
        return Update.builder()
                .tableName(table())
                .key(ProjectItems.key(after.id()))
                .updateExpression(set + remove)
                .conditionExpression(SAME)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    private Update marking(Project project, Instant at) {
        Map<String, String> names = new HashMap<>(Map.of("#revision", ProjectItems.REVISION,
                "#deleted", ProjectItems.DELETED_AT, "#deletedOwner", ProjectItems.DELETED_OWNER,
                "#owner", Attributes.OWNER_ID, "#team", Attributes.TEAM_ID,
                "#deployments", ProjectItems.DEPLOYMENTS));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":before", text(project.revision()),
                ":at", text(at), ":owner", text(project.ownerId())));
        String set = "SET #deleted = :at, #deletedOwner = :owner";
        if (project.details().teamId().isPresent()) {
            set += ", #deletedTeam = :team";
            names.put("#deletedTeam", ProjectItems.DELETED_TEAM);
            values.put(":team", text(project.details().teamId().get()));
        }
        String sameDeployments = "attribute_not_exists(#deployments)";
        if (!project.deployments().isEmpty()) {
            sameDeployments = "#deployments = :deployments";
            values.put(":deployments", ProjectItems.set(project.deployments()));
        }
        return Update.builder()
                .tableName(table())
                .key(ProjectItems.key(project.id()))
                .updateExpression(set + " REMOVE #owner, #team")
                .conditionExpression(SAME + " AND " + sameDeployments)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    private List<TransactWriteItem> sharing(Optional<UUID> before, Optional<UUID> after) {
        List<TransactWriteItem> writes = new ArrayList<>();
        if (!before.equals(after)) {
            after.ifPresent(team -> writes.add(memberships.countProjects(team, 1)));
            before.ifPresent(team -> writes.add(memberships.countProjects(team, -1)));
        }
        return writes;
    }

    private List<TransactWriteItem> happening(Project project, UUID actor, String type) {
        return activity.of(new Happening(project.id(), Optional.of(actor), type, project.id().toString(),
                Map.of("name", project.details().name()), Map.of("projectChanges", 1L), project.updatedAt()));
    }

    private String table() {
        return tables.nameOf(StudioTable.PROJECTS);
    }
}
