package dev.plinth.deployments;

import dev.plinth.activity.ActivityWrites;
import dev.plinth.activity.Happening;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.failure.Violation;
import dev.plinth.functions.aws.Attempts;
import dev.plinth.functions.aws.Cancellation;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.idempotency.Creation;
import dev.plinth.functions.idempotency.Fingerprint;
import dev.plinth.functions.idempotency.KeyUse;
import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import dev.plinth.functions.time.TimeOrderedIds;
import dev.plinth.jobs.Ask;
import dev.plinth.jobs.Job;
import dev.plinth.jobs.JobKeys;
import dev.plinth.jobs.JobKind;
import dev.plinth.jobs.JobQueues;
import dev.plinth.jobs.JobTables;
import dev.plinth.jobs.Jobs;
import dev.plinth.jobs.NewJob;
import dev.plinth.workspace.ProjectAccess;
import dev.plinth.workspace.ProjectRight;
import dev.plinth.workspace.ProjectWrites;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Takes what people want to be deployed and deleted. Whose project it is not, to them it does not exist. */
@Singleton
@Requires(env = "studio")
class DeploymentService {
    /** Where the transaction that adds a deployment has what can refuse it. */
    private static final int PROJECT = 1;
    private static final int KEY = 2;

    private final Jobs deployments;
    private final JobKeys keys;
    private final Jobs generations;
    private final JobQueues queues;
    private final DeploymentDeletion deletion;
    private final ProjectAccess access;
    private final ProjectWrites projects;
    private final ActivityWrites activity;
    private final TimeOrderedIds ids;
    private final Clock clock;

    DeploymentService(JobTables jobs, JobQueues queues, DeploymentDeletion deletion, ProjectAccess access,
            ProjectWrites projects, ActivityWrites activity, TimeOrderedIds ids, Clock clock) {
        this.deployments = jobs.of(JobKind.DEPLOYMENT);
        this.keys = jobs.keysOf(JobKind.DEPLOYMENT);
        this.generations = jobs.of(JobKind.GENERATION);
        this.queues = queues;
        this.deletion = deletion;
        this.access = access;
        this.projects = projects;
        this.activity = activity;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Takes a deployment, or returns the one that an earlier request of the caller with this key asked for, as it is
     * now.
     *
     * @param key empty when every request is another deployment
     * @throws Failure NOT_FOUND or FORBIDDEN as the project's rules say, INVALID_REQUEST when the generation is not of
     *                 the project, CONFLICT when it has not succeeded or the project has as many as may be, KEY_REUSED
     */
    Creation<Deployment> create(Caller caller, UUID projectId, UUID generationId, Optional<String> key) {
        access.require(caller, projectId, ProjectRight.EDIT);
        UUID id = ids.next();
        Instant now = now();
        Optional<KeyUse<UUID>> use =
                key.map(used -> new KeyUse<>(used, fingerprint(projectId, generationId), id, now));
        // A repetition is answered also when there is no room any more, or the generation has expired.
        Optional<KeyUse<UUID>> earlier = key.flatMap(used -> keys.find(caller.userId(), used, now));
        if (earlier.isEmpty()) {
            requireTemplate(projectId, generationId);
            earlier = add(caller, projectId, generationId, id, now, use);
        }
        Creation<UUID> creation = use.isEmpty() ? new Creation<>(id, false) : use.get().after(earlier);
        UUID created = creation.created();
        return new Creation<>(deployments.find(created).map(DeploymentItems::deployment)
                .orElseThrow(() -> none(created)), creation.replayed());
    }

    /** Returns the earlier use of the key that refused the deployment; empty when it was taken. */
    private Optional<KeyUse<UUID>> add(Caller caller, UUID projectId, UUID generationId, UUID id, Instant now,
            Optional<KeyUse<UUID>> use) {
        NewJob job = new NewJob(id, projectId, caller.userId(), DeploymentStatus.QUEUED.name(), now,
                DeploymentItems.requested(generationId));
        List<TransactWriteItem> alongside = new ArrayList<>();
        alongside.add(projects.deploymentStarted(projectId, id));
        use.ifPresent(used -> alongside.add(keys.claim(caller.userId(), used)));
        alongside.addAll(activity.of(new Happening(projectId, Optional.of(caller.userId()), "deployment.requested",
                id.toString(), Map.of(), Map.of("deploymentsRequested", 1L), now)));
        Optional<Cancellation> refused = deployments.add(job, alongside);
        if (refused.isPresent()) {
            // The key comes first: the request that has used it may have taken the last place.
            Optional<KeyUse<UUID>> earlier = use.flatMap(used -> keys.earlier(refused.get(), KEY, used));
            if (earlier.isPresent()) {
                return earlier;
            }
            throw projects.refusal(refused.get(), PROJECT)
                    .orElseThrow(() -> new IllegalStateException("Deployment " + id + " exists already"));
        }
        queues.sendSoon(JobKind.DEPLOYMENT, Ask.REQUESTED, id);
        return Optional.empty();
    }

    private static String fingerprint(UUID projectId, UUID generationId) {
        return HexFormat.of().formatHex(Fingerprint.of(List.of(projectId.toString(), generationId.toString())));
    }

    private void requireTemplate(UUID projectId, UUID generationId) {
        Job generation = generations.find(generationId).filter(found -> found.projectId().equals(projectId))
                .orElseThrow(() -> Failure.invalid(Violation.Place.BODY, "/generationId",
                        "names no code generation of this project"));
        if (!generation.status().equals("SUCCEEDED")) {
            throw new Failure(Kind.CONFLICT, "The code generation is " + generation.status()
                    + "; only what has SUCCEEDED can be deployed.");
        }
    }

    IdPage<Deployment> list(Caller caller, UUID projectId, IdPageRequest page) {
        access.require(caller, projectId, ProjectRight.READ);
        // One more than the page holds tells whether another page follows.
        List<Job> found = deployments.ofProject(projectId, page.after(), page.limit() + 1);
        List<Deployment> shown = found.stream().limit(page.limit()).map(DeploymentItems::deployment).toList();
        Optional<UUID> next = found.size() > page.limit()
                ? Optional.of(shown.get(shown.size() - 1).id()) : Optional.empty();
        return new IdPage<>(shown, next);
    }

    Deployment find(Caller caller, UUID id) {
        return find(caller, id, ProjectRight.READ);
    }

    private Deployment find(Caller caller, UUID id, ProjectRight right) {
        Deployment deployment = deployments.find(id).map(DeploymentItems::deployment).orElseThrow(() -> none(id));
        try {
            access.require(caller, deployment.projectId(), right);
        } catch (Failure refused) {
            // A caller who may not see the project must not learn from its name that the deployment exists.
            throw refused.kind() == Kind.NOT_FOUND ? none(id) : refused;
        }
        return deployment;
    }

    private static Failure none(UUID id) {
        return new Failure(Kind.NOT_FOUND, "There is no deployment " + id + " that you may see.");
    }

    /** Wants a deployment to be deleted, whatever its status. One that is or will be deleted is left as it is. */
    Deployment remove(Caller caller, UUID id) {
        find(caller, id, ProjectRight.EDIT);
        return Attempts.of(() -> deletion.request(caller.userId(), find(caller, id, ProjectRight.EDIT)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
