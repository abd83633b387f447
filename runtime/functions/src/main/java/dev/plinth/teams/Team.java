package dev.plinth.teams;

import dev.plinth.functions.time.TimeOrderedIds;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A team as it stands.
 *
 * @param creatorId who made it, on whose quota it counts
 * @param members   the roles of its members, of whom one is an owner at least; none when all have been removed
 * @param projects  how many projects are shared with it
 * @param revision  names this very state, members included; every change stamps another one
 */
record Team(UUID id, TeamDetails details, UUID creatorId, Map<UUID, TeamRole> members, long projects,
        Instant updatedAt, String revision) {

    /** How many members a team has at most: all of them, and what counts them, fit into a transaction. */
    static final int MOST_MEMBERS = 50;

    Team {
        members = Collections.unmodifiableMap(new TreeMap<>(members));
    }

    Instant createdAt() {
        return TimeOrderedIds.createdAt(id);
    }

    Optional<TeamRole> role(UUID user) {
        return Optional.ofNullable(members.get(user));
    }

    /** Tells whether the team would have no owner if it were not for this member. */
    boolean isLastOwner(UUID user) {
        return members.get(user) == TeamRole.OWNER
                && members.values().stream().filter(role -> role == TeamRole.OWNER).count() == 1;
    }

    /**
     * Returns who is to own the team when its last owner has to go: an editor before a viewer, and of those the one
     * whose account is the oldest, as ids sort by creation. Empty when there is nobody else.
     */
    Optional<UUID> heirOf(UUID lastOwner) {
        return members.keySet().stream().filter(member -> !member.equals(lastOwner))
                .min(Comparator.<UUID, TeamRole>comparing(members::get).reversed().thenComparing(UUID::toString));
    }

    Team with(TeamDetails newDetails, Instant now, String newRevision) {
        return new Team(id, newDetails, creatorId, members, projects, now, newRevision);
    }

    /** Returns the team with a member in a role, or without them when the role is empty. */
    Team with(UUID user, Optional<TeamRole> role, Instant now, String newRevision) {
        Map<UUID, TeamRole> changed = new TreeMap<>(members);
        role.ifPresentOrElse(given -> changed.put(user, given), () -> changed.remove(user));
        return new Team(id, details, creatorId, changed, projects, now, newRevision);
    }
}
