package dev.plinth.workspace;

import dev.plinth.failure.Failure;
import dev.plinth.functions.aws.Attempts;
import dev.plinth.functions.event.TimeLeft;
import dev.plinth.functions.paging.Pages;
import dev.plinth.profiles.RemovedUsers;
import dev.plinth.teams.UserTeams;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Deletes the projects that users who are gone leave to nobody. Which those are, an index tells, and lags; the user's
 * mark counts them exactly, and no more are begun after it. A project that is marked as deleted is in no index, so its
 * id is noted in the user's mark before.
 */
@Singleton
@Requires(env = "studio-worker")
class ProjectRemoval implements UserProjects {

    /** For the contents of a project, which are removed in some 20 calls, when several of them are slow. */
    private static final Duration TIME_FOR_ONE = Duration.ofSeconds(15);

    private final DynamoProjects projects;
    private final DynamoProjectAccess access;
    private final ProjectContents contents;
    private final Deployments deployments;
    private final UserTeams teams;
    private final RemovedUsers users;
    private final TimeLeft timeLeft;
    private final Clock clock;

    ProjectRemoval(DynamoProjects projects, DynamoProjectAccess access, ProjectContents contents,
            Deployments deployments, UserTeams teams, RemovedUsers users, TimeLeft timeLeft, Clock clock) {
        this.projects = projects;
        this.access = access;
        this.contents = contents;
        this.deployments = deployments;
        this.teams = teams;
        this.users = users;
        this.timeLeft = timeLeft;
        this.clock = clock;
    }

    /** What has become of a project. */
    private enum Outcome { GONE, DEPLOYED, STAYS }

    @Override
    public Map<UUID, Long> removeUnreachable(UUID user) {
        users.remainder(user).deletions().forEach(project -> complete(user, project));
        Map<UUID, Outcome> outcomes = new HashMap<>();
        Set<UUID> own = new HashSet<>();
        Pages.forEach(page -> projects.ofOwner(user, page), project -> {
            outcomes.put(project.id(), removed(user, project.id()));
            own.add(project.id());
        });
        Map<UUID, Long> shared = new HashMap<>();
        teams.onlyWith(user).forEach(team -> Pages.forEach(page -> projects.ofTeam(team, page), project -> {
            outcomes.put(project.id(), removed(user, project.id()));
            shared.merge(team, outcomes.get(project.id()) == Outcome.STAYS ? 1L : 0L, Long::sum);
        }));
        if (outcomes.containsValue(Outcome.DEPLOYED)) {
            throw Failure.unavailable("Deployments have to be deleted first.", Duration.ofMinutes(1), null);
        }
        if (users.remainder(user).projects() > own.stream().filter(id -> outcomes.get(id) == Outcome.STAYS).count()) {
            throw Failure.unavailable("Not all projects are listed yet.", Duration.ofSeconds(1), null);
        }
        return shared;
    }

    private Outcome removed(UUID user, UUID id) {
        timeLeft.require(TIME_FOR_ONE);
        return Attempts.of(() -> outcome(user, id));
    }

    /** Returns what becomes of a project; empty when it has changed since it was read. */
    private Optional<Outcome> outcome(UUID user, UUID id) {
        Optional<Project> project = access.find(id);
        if (project.isEmpty()) {
            return Optional.of(Outcome.GONE);
        }
        if (isReachable(user, project.get())) {
            return Optional.of(Outcome.STAYS);
        }
        Set<UUID> live = deployments.live(project.get().deployments());
        if (!live.isEmpty()) {
            live.forEach(deployment -> deployments.delete(user, deployment));
            return Optional.of(Outcome.DEPLOYED);
        }
        users.noteDeletion(user, id);
        if (!projects.mark(project.get(), user, now())) {
            return Optional.empty();
        }
        complete(user, id);
        return Optional.of(Outcome.GONE);
    }

    private boolean isReachable(UUID user, Project project) {
        boolean hasOwner = !project.ownerId().equals(user) && !users.isMarked(project.ownerId());
        return hasOwner || project.details().teamId().filter(team -> teams.hasOthers(team, user)).isPresent();
    }

    /** Completes a deletion that has been noted. One that had not begun is found by the index again. */
    private void complete(UUID user, UUID project) {
        timeLeft.require(TIME_FOR_ONE);
        if (access.isMarked(project)) {
            contents.remove(project);
            projects.forget(project, now());
        }
        users.forgetDeletion(user, project);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
