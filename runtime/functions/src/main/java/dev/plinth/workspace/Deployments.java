package dev.plinth.workspace;

import java.util.Set;
import java.util.UUID;

/** What a project must know of its deployments. The feature that keeps deployments implements it. */
public interface Deployments {
    /**
     * Returns those of the given deployments, 20 at most, that have not ended by being deleted, each read consistently:
     * all whose stack is there or may still be made. One that is unknown, as it has expired, is not among them.
     */
    Set<UUID> live(Set<UUID> deployments);

    /**
     * Asks, in the name of a user, for the deletion of a deployment and its stack. It is live until that is done; to
     * ask again meanwhile does nothing.
     */
    void delete(UUID actor, UUID deployment);
}
