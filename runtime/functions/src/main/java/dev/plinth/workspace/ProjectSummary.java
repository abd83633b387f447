package dev.plinth.workspace;

import java.util.Optional;
import java.util.UUID;

/**
 * What other features may know of a project.
 *
 * @param ownerId the user who made it
 * @param teamId  the team that shares it; empty for a project of its owner alone
 */
public record ProjectSummary(UUID id, String name, UUID ownerId, Optional<UUID> teamId) {
}
