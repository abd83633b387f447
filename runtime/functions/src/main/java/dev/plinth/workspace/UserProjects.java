package dev.plinth.workspace;

import java.util.Map;
import java.util.UUID;

/** What is to be done with projects when a user is gone. */
public interface UserProjects {
    /**
     * Deletes the projects that nobody can reach once a user is gone, with all that is in them: those of the user, and
     * of owners who went before, unless they are shared with a team in which somebody else is. It can be repeated, and
     * finds out by itself what is left to do.
     *
     * @return for each team in which the user is alone, how many projects stay shared with it, as their owners can
     *         reach them
     * @throws dev.plinth.failure.Failure UNAVAILABLE when a table does not answer, when time is short, when deployments
     *         have to be deleted first, which then has been asked for, or when not all projects are listed yet
     */
    Map<UUID, Long> removeUnreachable(UUID user);
}
