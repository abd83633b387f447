package dev.plinth.teams;

import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.Attempts;
import dev.plinth.functions.event.TimeLeft;
import dev.plinth.functions.paging.Pages;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Takes users who are gone out of their teams. */
@Singleton
@Requires(env = "studio-worker")
class MembershipRemoval implements UserTeams {

    /** For a query and a transaction that are slow. */
    private static final Duration TIME_FOR_ONE = Duration.ofSeconds(10);

    private final DynamoTeams teams;
    private final TimeLeft timeLeft;
    private final Clock clock;

    MembershipRemoval(DynamoTeams teams, TimeLeft timeLeft, Clock clock) {
        this.teams = teams;
        this.timeLeft = timeLeft;
        this.clock = clock;
    }

    @Override
    public Set<UUID> onlyWith(UUID user) {
        Set<UUID> only = new HashSet<>();
        Pages.forEach(page -> teams.idsOfUser(user, page), id -> {
            timeLeft.require(TIME_FOR_ONE);
            teams.find(id).filter(team -> team.members().keySet().equals(Set.of(user)))
                    .ifPresent(team -> only.add(id));
        });
        return only;
    }

    @Override
    public boolean hasOthers(UUID team, UUID user) {
        return teams.find(team).filter(found -> found.members().keySet().stream()
                .anyMatch(member -> !member.equals(user))).isPresent();
    }

    @Override
    public boolean leave(UUID user, Map<UUID, Long> shared) {
        Set<UUID> left = new HashSet<>();
        Pages.forEach(page -> teams.idsOfUser(user, page), id -> {
            timeLeft.require(TIME_FOR_ONE);
            if (Attempts.of(() -> isLeft(user, id, shared.getOrDefault(id, 0L)))) {
                left.add(id);
            }
        });
        return !left.isEmpty();
    }

    /** Returns whether the user was in the team, and is no more; empty when it has changed since it was read. */
    private Optional<Boolean> isLeft(UUID user, UUID id, long shared) {
        Optional<Team> found = teams.find(id).filter(team -> team.role(user).isPresent());
        if (found.isEmpty()) {
            return Optional.of(false);
        }
        Team team = found.get();
        boolean written = team.members().size() == 1 && team.projects() == 0
                ? teams.remove(team, user, clock.instant().truncatedTo(ChronoUnit.MILLIS))
                : teams.replaceMembers(team, without(user, team, shared), user);
        return written ? Optional.of(true) : Optional.empty();
    }

    private Team without(UUID user, Team team, long shared) {
        if (team.members().size() == 1 && team.projects() > shared) {
            throw Failure.unavailable("A team has projects of which nobody knows yet who may reach them.",
                    Duration.ofSeconds(1), null);
        }
        String revision = UUID.randomUUID().toString();
        Team after = team.with(user, Optional.empty(), clock.instant().truncatedTo(ChronoUnit.MILLIS), revision);
        return team.isLastOwner(user) && team.heirOf(user).isPresent()
                ? after.with(team.heirOf(user).get(), Optional.of(TeamRole.OWNER), after.updatedAt(), revision) : after;
    }
}
