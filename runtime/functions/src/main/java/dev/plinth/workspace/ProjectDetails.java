package dev.plinth.workspace;

import java.util.Optional;
import java.util.UUID;

/**
 * What people say of a project.
 *
 * @param teamId the team that shares it; empty for a project of its owner alone
 */
record ProjectDetails(String name, Optional<String> description, Optional<UUID> teamId) {
}
