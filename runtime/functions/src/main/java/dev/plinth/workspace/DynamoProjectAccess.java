package dev.plinth.workspace;

import dev.plinth.contract.StudioTable;
import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.AwsFailures;
import dev.plinth.functions.aws.StudioTables;
import dev.plinth.functions.caller.Caller;
import dev.plinth.teams.Memberships;
import dev.plinth.teams.TeamRole;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/** Reads the project, and the caller's membership of its team when they are not its owner; both consistently. */
@Singleton
final class DynamoProjectAccess implements ProjectAccess {
    private final DynamoDbClient dynamo;
    private final StudioTables tables;
    private final Memberships memberships;

    DynamoProjectAccess(DynamoDbClient dynamo, StudioTables tables, Memberships memberships) {
        this.dynamo = dynamo;
        this.tables = tables;
        this.memberships = memberships;
    }

    @Override
    public ProjectSummary require(Caller caller, UUID projectId, ProjectRight right) {
        return requireProject(caller, projectId, right).summary();
    }

    /** Does as {@link #require}, and returns all of the project. */
    Project requireProject(Caller caller, UUID id, ProjectRight right) {
        return ProjectItems.project(require(item(id).filter(item -> !ProjectItems.isDeleted(item)), caller, id, right));
    }

    /**
     * Returns the project that the caller may delete; empty when somebody has begun to, and it is not known that
     * nothing of it is left.
     */
    Optional<Project> requireUnlessMarked(Caller caller, UUID id) {
        Optional<Map<String, AttributeValue>> found =
                item(id).filter(item -> !item.containsKey(Attributes.EXPIRES_AT));
        Map<String, AttributeValue> item = require(found, caller, id, ProjectRight.OWN);
        return ProjectItems.isDeleted(item) ? Optional.empty() : Optional.of(ProjectItems.project(item));
    }

    /** Returns a project for which nobody asks; empty when there is none, or its deletion has begun. */
    Optional<Project> find(UUID id) {
        return item(id).filter(item -> !ProjectItems.isDeleted(item)).map(ProjectItems::project);
    }

    /** Tells whether the deletion of a project has begun. */
    boolean isMarked(UUID id) {
        return item(id).filter(ProjectItems::isDeleted).isPresent();
    }

    private Map<String, AttributeValue> require(Optional<Map<String, AttributeValue>> item, Caller caller, UUID id,
            ProjectRight right) {
        Map<String, AttributeValue> found = item.orElseThrow(() -> unknown(id));
        ProjectRight has = right(caller, ProjectItems.project(found)).orElseThrow(() -> unknown(id));
        if (has.compareTo(right) < 0) {
            throw new Failure(Kind.FORBIDDEN, right == ProjectRight.OWN
                    ? "Only the project's owner and owners of its team may do this."
                    : "You may see this project, and change nothing in it.");
        }
        return found;
    }

    private Optional<ProjectRight> right(Caller caller, Project project) {
        if (caller.is(project.ownerId())) {
            return Optional.of(ProjectRight.OWN);
        }
        return project.details().teamId().flatMap(team -> memberships.role(team, caller.userId()))
                .map(DynamoProjectAccess::right);
    }

    private static ProjectRight right(TeamRole role) {
        return switch (role) {
            case VIEWER -> ProjectRight.READ;
            case EDITOR -> ProjectRight.EDIT;
            case OWNER -> ProjectRight.OWN;
        };
    }

    private Optional<Map<String, AttributeValue>> item(UUID id) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(tables.nameOf(StudioTable.PROJECTS))
                .key(ProjectItems.key(id))
                .consistentRead(true)
                .build();
        GetItemResponse response = AwsFailures.calling(() -> dynamo.getItem(request));
        return response.hasItem() ? Optional.of(response.item()) : Optional.empty();
    }

    private static Failure unknown(UUID id) {
        return new Failure(Kind.NOT_FOUND, "There is no project " + id + " that you may see.");
    }
}
