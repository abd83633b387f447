package dev.plinth.deployments;

import dev.plinth.jobs.JobKind;
import dev.plinth.jobs.JobTables;
import dev.plinth.jobs.Jobs;
import dev.plinth.workspace.Deployments;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tells a project which of its deployments have, or may have, a stack. */
@Singleton
@Requires(env = "studio")
final class LiveDeployments implements Deployments {
    private final Jobs deployments;

    LiveDeployments(JobTables jobs) {
        this.deployments = jobs.of(JobKind.DEPLOYMENT);
    }

    @Override
    public Set<UUID> live(Set<UUID> ids) {
        return ids.stream().filter(this::isLive).collect(Collectors.toSet());
    }

    /** One that failed and left nothing is not; one that is being deleted still is. */
    private boolean isLive(UUID id) {
        return deployments.find(id).map(DeploymentItems::deployment)
                .filter(deployment -> deployment.isLive() || !deployment.gone()).isPresent();
    }
}
