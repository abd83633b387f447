package dev.plinth.workspace;

import static dev.plinth.functions.aws.Values.text;
import static dev.plinth.functions.aws.Values.time;

import dev.plinth.contract.StudioTable.Attributes;
import dev.plinth.functions.aws.Values;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes projects as items, and reads them back. A project whose deletion has begun is marked: the mark keeps who may
 * go on with it, and loses the keys of the indexes, so that no list shows it.
 */
final class ProjectItems {

    static final String NAME = "name";
    static final String DESCRIPTION = "description";
    static final String UPDATED_AT = "updatedAt";
    static final String REVISION = "revision";

    /** Ids of deployments; absent when there are none, as a set cannot be empty. */
    static final String DEPLOYMENTS = "deployments";

    /** Present from when the deletion of the project begins. */
    static final String DELETED_AT = "deletedAt";
    static final String DELETED_OWNER = "deletedOwner";
    static final String DELETED_TEAM = "deletedTeam";

    private ProjectItems() {
    }

    static Map<String, AttributeValue> key(UUID project) {
        return Map.of(Attributes.PROJECT_ID, text(project));
    }

    static Map<String, AttributeValue> item(Project project) {
        Map<String, AttributeValue> item = new HashMap<>(key(project.id()));
        item.put(Attributes.OWNER_ID, text(project.ownerId()));
        item.put(NAME, text(project.details().name()));
        project.details().description().ifPresent(text -> item.put(DESCRIPTION, text(text)));
        project.details().teamId().ifPresent(team -> item.put(Attributes.TEAM_ID, text(team)));
        item.put(UPDATED_AT, text(project.updatedAt()));
        item.put(REVISION, text(project.revision()));
        return item;
    }

    static boolean isDeleted(Map<String, AttributeValue> item) {
        return item.containsKey(DELETED_AT);
    }

    static Project project(Map<String, AttributeValue> item) {
        return new Project(
                UUID.fromString(item.get(Attributes.PROJECT_ID).s()),
                UUID.fromString(item.get(isDeleted(item) ? DELETED_OWNER : Attributes.OWNER_ID).s()),
                new ProjectDetails(
                        item.get(NAME).s(),
                        Values.text(item, DESCRIPTION),
                        Values.id(item, isDeleted(item) ? DELETED_TEAM : Attributes.TEAM_ID)),
                ids(item.get(DEPLOYMENTS)),
                time(item, UPDATED_AT),
                item.get(REVISION).s());
    }

    static AttributeValue set(Set<UUID> ids) {
        return AttributeValue.fromSs(ids.stream().map(UUID::toString).sorted().toList());
    }

    private static Set<UUID> ids(AttributeValue set) {
        return set == null ? Set.of() : set.ss().stream().map(UUID::fromString).collect(Collectors.toSet());
    }
}
