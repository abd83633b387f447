package dev.plinth.workspace;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.failure.Violation;
import dev.plinth.functions.aws.Attempts;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.RevisionCondition;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.functions.time.TimeOrderedIds;
import dev.plinth.profiles.RemovedUsers;
import dev.plinth.teams.Memberships;
import dev.plinth.teams.TeamRole;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What people can do with projects. Safe for use by several threads. */
@Singleton
@Requires(env = "studio")
class ProjectService {

    static final String UNKNOWN_TEAM = "must be the id of a team in which you are";

    private final DynamoProjects projects;
    private final DynamoProjectAccess access;
    private final Memberships memberships;
    private final RemovedUsers users;
    private final ProjectContents contents;

    /** Asked for when it is needed: deployments are a feature of their own, and ask this one for rights. */
    private final BeanProvider<Deployments> deployments;
    private final TimeOrderedIds ids;
    private final Clock clock;

    ProjectService(DynamoProjects projects, DynamoProjectAccess access, Memberships memberships,
            RemovedUsers users, ProjectContents contents, BeanProvider<Deployments> deployments, TimeOrderedIds ids,
            Clock clock) {
        this.projects = projects;
        this.access = access;
        this.memberships = memberships;
        this.users = users;
        this.contents = contents;
        this.deployments = deployments;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Starts a project of the caller's.
     *
     * @throws Failure INVALID_REQUEST or FORBIDDEN when the caller may not share with the team, CONFLICT when they have
     *                 as many projects as they may
     */
    Project create(Caller caller, ProjectDetails details) {
        details.teamId().ifPresent(team -> requireSharing(caller, team));
        UUID id = ids.next();
        Project project = new Project(id, caller.userId(), details, Set.of(), TimeOrderedIds.createdAt(id),
                UUID.randomUUID().toString());
        projects.add(project);
        return project;
    }

    Project find(Caller caller, UUID id) {
        return access.requireProject(caller, id, ProjectRight.READ);
    }

    /** Returns a page of the caller's own projects, or of a team's, which is NOT_FOUND unless the caller is in it. */
    IdPage<Project> list(Caller caller, Optional<UUID> team, IdPageRequest page) {
        if (team.isEmpty()) {
            return projects.ofOwner(caller.userId(), page);
        }
        if (memberships.role(team.get(), caller.userId()).isEmpty()) {
            throw new Failure(Kind.NOT_FOUND, "There is no team " + team.get() + " in which you are.");
        }
        return projects.ofTeam(team.get(), page);
    }

    /**
     * Replaces what a project is called and with whom it is shared. A change that changes nothing keeps the revision.
     *
     * @throws Failure CONFLICT when it would be shared with nobody although its owner's account has been removed
     */
    Project change(Caller caller, UUID id, RevisionCondition condition, ProjectDetails details) {
        return Attempts.of(() -> {
            Project before = access.requireProject(caller, id, ProjectRight.OWN);
            condition.require(before.revision());
            if (before.details().equals(details)) {
                return Optional.of(before);
            }
            details.teamId().filter(team -> !details.teamId().equals(before.details().teamId()))
                    .ifPresent(team -> requireSharing(caller, team));
            if (before.details().teamId().isPresent() && details.teamId().isEmpty()
                    && users.isMarked(before.ownerId())) {
                throw new Failure(Kind.CONFLICT, "The account of the project's owner has been removed. Share the"
                        + " project with another team, or delete it.");
            }
            Project after = new Project(id, before.ownerId(), details, before.deployments(), now(),
                    UUID.randomUUID().toString());
            return projects.replace(before, after, caller.userId()) ? Optional.of(after) : Optional.empty();
        });
    }

    /**
     * Deletes a project and all that is in it, or goes on with a deletion that did not end.
     *
     * @throws Failure CONFLICT while it has deployments that are not deleted
     */
    void remove(Caller caller, UUID id, RevisionCondition condition) {
        Attempts.of(() -> isMarked(caller, id, condition) ? Optional.of(id) : Optional.empty());
        contents.remove(id);
        projects.forget(id, now());
    }

    private boolean isMarked(Caller caller, UUID id, RevisionCondition condition) {
        Optional<Project> project = access.requireUnlessMarked(caller, id);
        if (project.isEmpty()) {
            return true;
        }
        condition.require(project.get().revision());
        refuseWhileDeployed(project.get());
        return projects.mark(project.get(), caller.userId(), now());
    }

    private void refuseWhileDeployed(Project project) {
        if (project.deployments().isEmpty()) {
            return;
        }
        int live = deployments.get().live(project.deployments()).size();
        if (live > 0) {
            throw new Failure(Kind.CONFLICT, "The project has " + live + (live == 1 ? " deployment that is"
                    : " deployments that are") + " not deleted. Delete what is deployed first.");
        }
    }

    private void requireSharing(Caller caller, UUID team) {
        TeamRole role = memberships.role(team, caller.userId())
                .orElseThrow(() -> Failure.invalid(Violation.Place.BODY, "/teamId", UNKNOWN_TEAM));
        if (role == TeamRole.VIEWER) {
            throw new Failure(Kind.FORBIDDEN, "As a VIEWER of the team you may not share projects with it.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
