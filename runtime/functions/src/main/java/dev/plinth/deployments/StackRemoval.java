package dev.plinth.deployments;

import dev.plinth.failure.Failure;
import dev.plinth.jobs.HeldJob;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Takes a stack one step nearer to being gone, wherever its creation is. */
@Singleton
@Requires(env = "deployment-worker")
final class StackRemoval {
    private final Stacks stacks;
    private final StackLooks looks;
    private final DeploymentTimes times;
    private final Clock clock;

    StackRemoval(Stacks stacks, StackLooks looks, DeploymentTimes times, Clock clock) {
        this.stacks = stacks;
        this.looks = looks;
        this.times = times;
        this.clock = clock;
    }

    /**
     * How a removal ended.
     *
     * @param failure why something is left, in a sentence for people; empty when nothing is
     */
    record Result(Optional<String> failure) {
        static final Result GONE = new Result(Optional.empty());

        static Result left(String reason) {
            return new Result(Optional.of(reason));
        }
    }

    /**
     * Takes a step; returns how the removal ended, if it has.
     *
     * @param since when it began to be wanted
     */
    Optional<Result> step(HeldJob held, Deployment deployment, Instant since) {
        boolean late = !clock.instant().isBefore(since.plus(times.most()));
        Optional<StackState> found;
        try {
            found = looks.find(held, deployment);
        } catch (Failure unavailable) {
            if (late) {
                return Optional.of(Result.left("it could not be found out for " + times.most().toMinutes()
                        + " minutes whether its stack is gone."));
            }
            throw unavailable;
        }
        if (found.isEmpty() || found.get().phase() == StackState.Phase.DELETED) {
            return Optional.of(Result.GONE);
        }
        if (late) {
            return Optional.of(Result.left("its stack was not gone after " + times.most().toMinutes() + " minutes."));
        }
        return step(held, deployment, found.get(), since);
    }

    private Optional<Result> step(HeldJob held, Deployment deployment, StackState stack, Instant since) {
        Optional<Instant> sentAt = deployment.sentAt().filter(at -> !at.isBefore(since));
        switch (stack.phase()) {
            case DELETING -> {
                looks.note(held, deployment, stack.id());
                return Optional.empty();
            }
            case DELETE_FAILED -> {
                // It may be the state before CloudFormation was told again.
                if (sentAt.filter(at -> !at.plus(times.settled()).isAfter(clock.instant())).isPresent()) {
                    return Optional.of(Result.left(Progress
                            .lastDeletionFailure(looks.note(held, deployment, stack.id())).or(stack::reason)
                            .orElse("CloudFormation gives no reason why its stack is not deleted.")));
                }
                return sentAt.isPresent() ? Optional.empty() : send(held, deployment, stack, sentAt);
            }
            default -> {
                return send(held, deployment, stack, sentAt);
            }
        }
    }

    private Optional<Result> send(HeldJob held, Deployment deployment, StackState stack, Optional<Instant> sentAt) {
        held.requireHeld();
        try {
            stacks.delete(deployment.id(), stack.id());
        } catch (RefusedException refused) {
            return Optional.of(Result.left("CloudFormation refuses: " + Progress.shortened(refused.getMessage())));
        }
        if (sentAt.isEmpty()) {
            // Written afterwards: what was not sent must not be taken for what failed.
            held.save(DeploymentItems.sentAt(clock.instant()));
        }
        return Optional.empty();
    }
}
