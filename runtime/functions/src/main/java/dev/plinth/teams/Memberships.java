package dev.plinth.teams;

import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** What other features may know of who is in a team, and what ties their things to it. */
public interface Memberships {
    /** Returns the role that a user has in a team, read consistently; empty when they are not in it. */
    Optional<TeamRole> role(UUID team, UUID user);

    /**
     * Returns the write that counts projects into a team, or out of it with a negative number: a team that has projects
     * cannot be deleted. It fails its transaction when the team is gone.
     */
    TransactWriteItem countProjects(UUID team, int difference);
}
