package dev.plinth.teams;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What is to be done with teams when a user is gone. Which teams a user is in, an index tells, which lags by about a
 * second; what is done with a team, the team itself decides. Every method can be repeated, and throws
 * {@link dev.plinth.failure.Failure} UNAVAILABLE when the table does not answer or time is short.
 */
public interface UserTeams {
    /** Returns the teams in which a user is and nobody else. */
    Set<UUID> onlyWith(UUID user);

    /** Tells whether anybody but a user is in a team, read consistently. */
    boolean hasOthers(UUID team, UUID user);

    /**
     * Takes a user out of every team. Where they are the last owner, another member becomes one. Where they are the
     * only member, the team is deleted, or stays empty while projects of others are shared with it.
     *
     * @param shared how many projects are known to stay shared with teams that the user leaves empty
     * @return whether they were in any
     * @throws dev.plinth.failure.Failure UNAVAILABLE also when more projects are shared with such a team than are known
     */
    boolean leave(UUID user, Map<UUID, Long> shared);
}
