package dev.plinth.deployments;

import static dev.plinth.deployments.DeploymentStatus.DELETED;
import static dev.plinth.deployments.DeploymentStatus.DELETE_FAILED;
import static dev.plinth.deployments.DeploymentStatus.FAILED;
import static dev.plinth.deployments.DeploymentStatus.SUCCEEDED;

import dev.plinth.activity.Happening;
import dev.plinth.contract.Metric;
import dev.plinth.jobs.Step;
import dev.plinth.notices.Notice;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The ends that a deployment can have, with what is written, counted and told with each. An end of the creation is not
 * written once somebody wants the deployment to be deleted: that is then its only end.
 */
@Singleton
@Requires(env = "deployment-worker")
final class DeploymentEnds {
    private final Clock clock;

    DeploymentEnds(Clock clock) {
        this.clock = clock;
    }

    Step.Ended succeeded(Deployment deployment, Map<String, String> outputs) {
        Map<String, Long> figures = Map.of("deploymentsSucceeded", 1L, "deploymentMillis", millis(deployment));
        return new Step.Ended(SUCCEEDED.name(), Optional.empty(), DeploymentItems.outputs(outputs),
                happening(deployment, "deployment.succeeded", Map.of(), figures), created(deployment, Optional.empty()),
                Metric.DEPLOYMENTS_SUCCEEDED, Optional.of(DeploymentItems.DELETION_AT));
    }

    /** The creation failed, and nothing is left of it. */
    Step.Ended failed(Deployment deployment, String reason) {
        return failed(deployment, reason, DeploymentItems.gone(clock.instant()));
    }

    /** The creation failed, and something may be left of it. */
    Step.Ended failedWithRest(Deployment deployment, String reason) {
        return failed(deployment, reason, Map.of());
    }

    private Step.Ended failed(Deployment deployment, String reason, Map<String, AttributeValue> attributes) {
        return new Step.Ended(FAILED.name(), Optional.of(reason), attributes,
                happening(deployment, "deployment.failed", Map.of("reason", reason), Map.of("deploymentsFailed", 1L)),
                created(deployment, Optional.of(reason)), Metric.DEPLOYMENTS_FAILED,
                Optional.of(DeploymentItems.DELETION_AT));
    }

    Step.Ended deleted(Deployment deployment) {
        Map<String, AttributeValue> attributes = new HashMap<>(DeploymentItems.gone(clock.instant()));
        attributes.putAll(DeploymentItems.progress(
                new Progress(deployment.progress().total(), 0, deployment.progress().events())));
        return new Step.Ended(DELETED.name(), Optional.empty(), attributes,
                happening(deployment, "deployment.deleted", Map.of(), Map.of("deploymentsDeleted", 1L)),
                deletion(deployment, Optional.empty()), Metric.DEPLOYMENTS_SUCCEEDED, Optional.empty());
    }

    Step.Ended notDeleted(Deployment deployment, String reason) {
        return new Step.Ended(DELETE_FAILED.name(), Optional.of(reason), Map.of(),
                happening(deployment, "deployment.deletion-failed", Map.of("reason", reason), Map.of()),
                deletion(deployment, Optional.of(reason)), Metric.DEPLOYMENTS_FAILED, Optional.empty());
    }

    private Notice created(Deployment deployment, Optional<String> failure) {
        return notice(deployment, deployment.id().toString(), Notice.Event.DEPLOYMENT_ENDED, failure);
    }

    /** A deletion that failed can be wanted again; each time ends with a notice of its own. */
    private Notice deletion(Deployment deployment, Optional<String> failure) {
        int number = deployment.deletion().map(Deployment.Deletion::number).orElse(1);
        return notice(deployment, deployment.id() + "-deletion-" + number, Notice.Event.DEPLOYMENT_DELETED, failure);
    }

    private Notice notice(Deployment deployment, String id, Notice.Event event, Optional<String> failure) {
        Notice.Outcome outcome = failure.isEmpty() ? Notice.Outcome.SUCCEEDED : Notice.Outcome.FAILED;
        return new Notice(id, event, deployment.projectId(), deployment.id(), outcome, failure, clock.instant());
    }

    private Happening happening(Deployment deployment, String type, Map<String, String> detail,
            Map<String, Long> figures) {
        return new Happening(deployment.projectId(), Optional.empty(), type, deployment.id().toString(), detail,
                figures, clock.instant());
    }

    private long millis(Deployment deployment) {
        Instant start = deployment.startedAt().orElse(deployment.createdAt());
        return Math.max(0, Duration.between(start, clock.instant()).toMillis());
    }
}
