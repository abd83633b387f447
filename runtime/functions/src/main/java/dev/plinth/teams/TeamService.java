package dev.plinth.teams;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.Attempts;
import dev.plinth.functions.http.RevisionCondition;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.functions.time.TimeOrderedIds;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What people can do with teams; each method is given who does it. Safe for use by several threads. */
@Singleton
@Requires(env = "studio")
class TeamService {
    private final DynamoTeams teams;
    private final TimeOrderedIds ids;
    private final Clock clock;

    TeamService(DynamoTeams teams, TimeOrderedIds ids, Clock clock) {
        this.teams = teams;
        this.ids = ids;
        this.clock = clock;
    }

    /** Starts a team whose only member, and owner, is its creator. */
    Team create(UUID creator, TeamDetails details) {
        UUID id = ids.next();
        Team team = new Team(id, details, creator, Map.of(creator, TeamRole.OWNER), 0,
                TimeOrderedIds.createdAt(id), newRevision());
        teams.add(team);
        return team;
    }

    /** Returns a team in which the user is, and fails with NOT_FOUND when there is none, or they are not in it. */
    Team find(UUID user, UUID id) {
        return teams.find(id).filter(team -> team.role(user).isPresent())
                .orElseThrow(() -> new Failure(Kind.NOT_FOUND, "There is no team " + id + " in which you are."));
    }

    IdPage<Membership> list(UUID user, IdPageRequest page) {
        return teams.ofUser(user, page);
    }

    /** Replaces what a team is called. A change that changes nothing keeps the revision. */
    Team change(UUID actor, UUID id, RevisionCondition condition, TeamDetails details) {
        return Attempts.of(() -> {
            Team before = owned(actor, id, condition);
            if (before.details().equals(details)) {
                return Optional.of(before);
            }
            Team after = before.with(details, now(), newRevision());
            return teams.replace(before, after, actor) ? Optional.of(after) : Optional.empty();
        });
    }

    /**
     * Takes a person into a team, or gives them another role in it.
     *
     * @throws Failure CONFLICT when the team is full, or would be left without an owner
     */
    Team put(UUID actor, UUID id, RevisionCondition condition, UUID member, TeamRole role) {
        return Attempts.of(() -> {
            Team before = owned(actor, id, condition);
            if (before.role(member).equals(Optional.of(role))) {
                return Optional.of(before);
            }
            if (before.role(member).isEmpty() && before.members().size() >= Team.MOST_MEMBERS) {
                throw new Failure(Kind.CONFLICT,
                        "The team has " + Team.MOST_MEMBERS + " members, which is the most.");
            }
            requireAnotherOwner(before, member);
            Team after = before.with(member, Optional.of(role), now(), newRevision());
            return teams.replaceMembers(before, after, actor) ? Optional.of(after) : Optional.empty();
        });
    }

    /**
     * Takes a person out of a team: an owner anybody, and anybody themselves.
     *
     * @throws Failure NOT_FOUND when the person is not in the team, CONFLICT when they are its last owner
     */
    void remove(UUID actor, UUID id, RevisionCondition condition, UUID member) {
        Attempts.of(() -> {
            Team before = actor.equals(member) ? admitted(actor, id, condition) : owned(actor, id, condition);
            if (before.role(member).isEmpty()) {
                throw new Failure(Kind.NOT_FOUND, "The team has no member " + member + ".");
            }
            requireAnotherOwner(before, member);
            Team after = before.with(member, Optional.empty(), now(), newRevision());
            return teams.replaceMembers(before, after, actor) ? Optional.of(after) : Optional.empty();
        });
    }

    /**
     * Deletes a team.
     *
     * @throws Failure CONFLICT while projects are shared with it
     */
    void remove(UUID actor, UUID id, RevisionCondition condition) {
        Attempts.of(() -> {
            Team team = owned(actor, id, condition);
            return teams.remove(team, actor, now()) ? Optional.of(team) : Optional.empty();
        });
    }

    private Team admitted(UUID actor, UUID id, RevisionCondition condition) {
        Team team = find(actor, id);
        condition.require(team.revision());
        return team;
    }

    private Team owned(UUID actor, UUID id, RevisionCondition condition) {
        Team team = find(actor, id);
        if (!team.role(actor).equals(Optional.of(TeamRole.OWNER))) {
            throw new Failure(Kind.FORBIDDEN, "Only an owner of the team may do this.");
        }
        condition.require(team.revision());
        return team;
    }

    private static void requireAnotherOwner(Team team, UUID member) {
        if (team.isLastOwner(member)) {
            throw new Failure(Kind.CONFLICT, "This is the team's last owner. Make somebody else an owner first.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String newRevision() {
        return UUID.randomUUID().toString();
    }
}
