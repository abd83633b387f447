package dev.plinth.deployments;

import dev.plinth.deployments.Deployment.StackName;
import dev.plinth.jobs.HeldJob;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Finds the stack of a deployment, and notes in the deployment what people want to see of it. */
@Singleton
@Requires(env = "deployment-worker")
final class StackLooks {
    private final Stacks stacks;

    StackLooks(Stacks stacks) {
        this.stacks = stacks;
    }

    /** Returns the stack. One that an attempt made which was cut off is found by its name, and its id noted. */
    Optional<StackState> find(HeldJob held, Deployment deployment) {
        if (deployment.stack().isPresent()) {
            return stacks.find(deployment.stack().get().id());
        }
        String name = stacks.nameOf(deployment.id());
        Optional<StackState> found = stacks.find(name);
        found.ifPresent(stack -> held.save(DeploymentItems.stack(new StackName(name, stack.id()))));
        return found;
    }

    /** Notes how far the stack is, if that has changed, and returns all that happened to its resources. */
    List<ResourceEvent> note(HeldJob held, Deployment deployment, String stackId) {
        List<ResourceEvent> events = stacks.events(stackId);
        Progress progress = deployment.progress().after(events);
        if (!progress.equals(deployment.progress())) {
            held.save(DeploymentItems.progress(progress));
        }
        return events;
    }
}
