package dev.plinth.workspace;

import dev.plinth.functions.time.TimeOrderedIds;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A project as it stands.
 *
 * @param ownerId     the user who made it
 * @param deployments those that were not known to be deleted when somebody last looked
 * @param revision    names this very state of the project; every change stamps another one
 */
record Project(UUID id, UUID ownerId, ProjectDetails details, Set<UUID> deployments, Instant updatedAt,
        String revision) {
    Project {
        deployments = Set.copyOf(deployments);
    }

    Instant createdAt() {
        return TimeOrderedIds.createdAt(id);
    }

    ProjectSummary summary() {
        return new ProjectSummary(id, details.name(), ownerId, details.teamId());
    }
}
