package dev.plinth.deployments;

import dev.plinth.deployments.Deployment.CreationFailure;
import dev.plinth.deployments.Deployment.StackName;
import dev.plinth.jobs.HeldJob;
import dev.plinth.jobs.Step;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes a stack one step nearer to being created. A failure is noted; what follows from it is the removal's. */
@Singleton
@Requires(env = "deployment-worker")
final class StackCreation {
    private static final String NOT_OURS = "Its stack was deleted by somebody else.";

    private final Stacks stacks;
    private final StackLooks looks;
    private final DeploymentEnds ends;
    private final DeploymentTimes times;
    private final Clock clock;

    StackCreation(Stacks stacks, StackLooks looks, DeploymentEnds ends, DeploymentTimes times, Clock clock) {
        this.stacks = stacks;
        this.looks = looks;
        this.ends = ends;
        this.times = times;
        this.clock = clock;
    }

    /** Takes a step; returns the end when the stack is there. */
    Optional<Step.Ended> step(HeldJob held, Deployment deployment) {
        Instant start = deployment.startedAt().orElse(deployment.createdAt());
        if (!clock.instant().isBefore(start.plus(times.most()))) {
            return failed(held, "It was not done after " + times.most().toMinutes() + " minutes.");
        }
        Optional<StackState> found = looks.find(held, deployment);
        try {
            return found.isEmpty() ? prepare(held, deployment) : step(held, deployment, found.get());
        } catch (RefusedException refused) {
            return failed(held, "CloudFormation refuses: " + Progress.shortened(refused.getMessage()));
        }
    }

    private Optional<Step.Ended> step(HeldJob held, Deployment deployment, StackState stack) {
        return switch (stack.phase()) {
            case PREPARED -> execute(held, deployment, stack);
            case CREATING -> {
                looks.note(held, deployment, stack.id());
                yield Optional.empty();
            }
            case CREATED -> {
                looks.note(held, deployment, stack.id());
                yield Optional.of(ends.succeeded(deployment, stack.outputs()));
            }
            case ROLLING_BACK, FAILED -> {
                List<ResourceEvent> events = looks.note(held, deployment, stack.id());
                yield failed(held, Progress.firstFailure(events).or(stack::reason)
                        .orElse("CloudFormation gives no reason."));
            }
            case DELETING, DELETE_FAILED, DELETED -> failed(held, NOT_OURS);
        };
    }

    private Optional<Step.Ended> prepare(HeldJob held, Deployment deployment) {
        if (deployment.stack().isPresent()) {
            return failed(held, NOT_OURS);
        }
        held.requireHeld();
        String id = stacks.prepare(deployment);
        held.save(DeploymentItems.stack(new StackName(stacks.nameOf(deployment.id()), id)));
        return Optional.empty();
    }

    private Optional<Step.Ended> execute(HeldJob held, Deployment deployment, StackState stack) {
        Optional<ChangeSetState> changeSet = stacks.changeSet(deployment.id(), stack.id());
        if (changeSet.isEmpty()) {
            held.requireHeld();
            stacks.prepare(deployment);
            return Optional.empty();
        }
        switch (changeSet.get().phase()) {
            case FAILED -> {
                return failed(held, "The template was not accepted: "
                        + Progress.shortened(changeSet.get().reason().orElse("CloudFormation gives no reason.")));
            }
            case READY -> {
                // Written first: it fails when the deployment is somebody else's by now.
                held.save(DeploymentItems.progress(deployment.progress().withTotal(changeSet.get().resources())));
                stacks.execute(deployment.id(), stack.id());
            }
            default -> {
                // It is being worked out, or was executed just now: the next look tells more.
            }
        }
        return Optional.empty();
    }

    private Optional<Step.Ended> failed(HeldJob held, String reason) {
        held.save(DeploymentItems.failure(new CreationFailure(reason, clock.instant())));
        return Optional.empty();
    }
}
