package dev.plinth.deployments;

import dev.plinth.activity.ActivityWrites;
import dev.plinth.activity.Happening;
import dev.plinth.deployments.Deployment.Deletion;
import dev.plinth.jobs.Ask;
import dev.plinth.jobs.JobKind;
import dev.plinth.jobs.JobQueues;
import dev.plinth.jobs.JobTables;
import dev.plinth.jobs.Jobs;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Says that deployments are to be deleted, which the worker then does. Safe for use by several threads. */
@Singleton
@Requires(env = {"studio", "studio-worker"})
class DeploymentDeletion {
    private final Jobs deployments;
    private final JobQueues queues;
    private final ActivityWrites activity;
    private final Clock clock;

    DeploymentDeletion(JobTables jobs, JobQueues queues, ActivityWrites activity, Clock clock) {
        this.deployments = jobs.of(JobKind.DEPLOYMENT);
        this.queues = queues;
        this.activity = activity;
        this.clock = clock;
    }

    /**
     * Wants a deployment to be deleted, whatever its status. One that is or will be deleted is left as it is.
     *
     * @return the deployment as it is then; empty when it is no longer as it was
     */
    Optional<Deployment> request(UUID actor, Deployment deployment) {
        boolean wanted = deployment.status() == DeploymentStatus.DELETED
                || deployment.isLive() && deployment.deletion().isPresent();
        return wanted ? Optional.of(deployment) : requested(actor, deployment);
    }

    private Optional<Deployment> requested(UUID actor, Deployment deployment) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Deletion deletion = new Deletion(now, 1 + deployment.deletion().map(Deletion::number).orElse(0));
        List<TransactWriteItem> alongside = activity.of(new Happening(deployment.projectId(), Optional.of(actor),
                "deployment.deletion-requested", deployment.id().toString(), Map.of(), Map.of(), now));
        boolean written = deployment.isLive()
                ? deployments.note(deployment.id(), DeploymentItems.deletion(deletion), alongside)
                : deployments.reopen(deployment.id(), deployment.status().name(), DeploymentStatus.DELETING.name(),
                        DeploymentItems.deletion(deletion), alongside);
        if (!written) {
            return Optional.empty();
        }
        if (!deployment.isLive()) {
            // A live one has a message already, or a worker, which looks.
            queues.sendSoon(JobKind.DEPLOYMENT, Ask.REQUESTED, deployment.id());
        }
        return deployments.find(deployment.id()).map(DeploymentItems::deployment);
    }
}
