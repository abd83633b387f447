package dev.plinth.deployments;

import dev.plinth.functions.aws.Attempts;
import dev.plinth.jobs.JobKind;
import dev.plinth.jobs.JobTables;
import dev.plinth.jobs.Jobs;
import dev.plinth.workspace.Deployments;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tells a project which of its deployments have, or may have, a stack, and has them deleted with it. */
@Singleton
@Requires(env = {"studio", "studio-worker"})
final class LiveDeployments implements Deployments {
    private final Jobs deployments;
    private final DeploymentDeletion deletion;

    LiveDeployments(JobTables jobs, DeploymentDeletion deletion) {
        this.deployments = jobs.of(JobKind.DEPLOYMENT);
        this.deletion = deletion;
    }

    @Override
    public Set<UUID> live(Set<UUID> ids) {
        return ids.stream().filter(this::isLive).collect(Collectors.toSet());
    }

    @Override
    public void delete(UUID actor, UUID id) {
        Attempts.of(() -> {
            Optional<Deployment> found = find(id);
            return found.isEmpty() ? Optional.of(found) : deletion.request(actor, found.get()).map(Optional::of);
        });
    }

    /** One that failed and left nothing is not; one that is being deleted still is. */
    private boolean isLive(UUID id) {
        return find(id).filter(deployment -> deployment.isLive() || !deployment.gone()).isPresent();
    }

    private Optional<Deployment> find(UUID id) {
        return deployments.find(id).map(DeploymentItems::deployment);
    }
}
