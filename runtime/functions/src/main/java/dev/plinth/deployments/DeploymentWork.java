package dev.plinth.deployments;

import dev.plinth.deployments.Deployment.CreationFailure;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.event.TimeLeft;
import dev.plinth.jobs.HeldJob;
import dev.plinth.jobs.Job;
import dev.plinth.jobs.JobKind;
import dev.plinth.jobs.JobWork;
import dev.plinth.jobs.Step;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and deletes the stacks of deployments. It looks at the stack again and again, and takes the one step that the
 * stack's state asks for; so it goes on from wherever another attempt was cut off. Longer than one invocation may take
 * it leaves to the next.
 */
@Singleton
@Requires(env = "deployment-worker")
final class DeploymentWork implements JobWork {
    private static final Logger LOG = LoggerFactory.getLogger(DeploymentWork.class);

    /** What one look at a stack may take, with the step after it. */
    private static final Duration ONE_LOOK = Duration.ofSeconds(25);

    /** How long to leave alone what throttles or does not answer. */
    private static final Duration LATER = Duration.ofSeconds(30);

    private static final String REST = " What was created may still be there; delete the deployment to remove it.";

    private final StackCreation creation;
    private final StackRemoval removal;
    private final DeploymentEnds ends;
    private final DeploymentTimes times;
    private final Waiting waiting;
    private final TimeLeft timeLeft;
    private final Clock clock;

    DeploymentWork(StackCreation creation, StackRemoval removal, DeploymentEnds ends, DeploymentTimes times,
            Waiting waiting, TimeLeft timeLeft, Clock clock) {
        this.creation = creation;
        this.removal = removal;
        this.ends = ends;
        this.times = times;
        this.waiting = waiting;
        this.timeLeft = timeLeft;
        this.clock = clock;
    }

    @Override
    public JobKind kind() {
        return JobKind.DEPLOYMENT;
    }

    @Override
    public String statusAtWork(Job job) {
        return (DeploymentItems.deployment(job).deletion().isPresent()
                ? DeploymentStatus.DELETING : DeploymentStatus.CREATING).name();
    }

    @Override
    public Step work(HeldJob held) {
        Instant end = clock.instant().plus(times.follow());
        while (true) {
            Optional<Step.Ended> ended;
            try {
                ended = step(held);
            } catch (Failure failure) {
                if (failure.kind() != Kind.UNAVAILABLE) {
                    throw failure;
                }
                // It is no failure of the deployment. The time that it may take bounds this too.
                LOG.atWarn().addKeyValue("jobId", held.job().id()).setCause(failure).log("deployment put off");
                return new Step.Continued(LATER, Map.of());
            }
            if (ended.isPresent()) {
                return ended.get();
            }
            if (clock.instant().plus(times.poll()).isAfter(end) || timeLeft.isBelow(ONE_LOOK)) {
                return new Step.Continued(times.poll(), Map.of());
            }
            waiting.pause(times.poll());
            // Somebody may want it to be deleted by now.
            held.refresh();
        }
    }

    /** Takes one step, and returns the end if that has come. */
    private Optional<Step.Ended> step(HeldJob held) {
        Deployment deployment = DeploymentItems.deployment(held.job());
        if (deployment.deletion().isPresent()) {
            return removal.step(held, deployment, deployment.deletion().get().at()).map(result -> result.failure()
                    .map(reason -> ends.notDeleted(deployment, reason))
                    .orElseGet(() -> ends.deleted(deployment)));
        }
        if (deployment.failure().isPresent()) {
            CreationFailure failure = deployment.failure().get();
            return removal.step(held, deployment, failure.at()).map(result -> result.failure()
                    .map(rest -> ends.failedWithRest(deployment, failure.reason() + " Afterwards, " + rest))
                    .orElseGet(() -> ends.failed(deployment, failure.reason())));
        }
        return creation.step(held, deployment);
    }

    @Override
    public Step.Ended givenUp(Job job, String reason) {
        Deployment deployment = DeploymentItems.deployment(job);
        if (deployment.deletion().isPresent()) {
            return ends.notDeleted(deployment, reason);
        }
        String all = deployment.failure().map(failure -> failure.reason() + " Afterwards: " + reason).orElse(reason);
        return ends.failedWithRest(deployment, all + REST);
    }
}
