package dev.plinth.deployments;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The stacks of deployments. Every call may be repeated. Each fails with UNAVAILABLE when CloudFormation throttles or
 * does not answer, after which the call may have been carried out.
 */
interface Stacks {
    /** Returns the name of a deployment's stack, which no other deployment's has. */
    String nameOf(UUID deployment);

    /** Returns a stack by its name, unless it is gone, or by its id even then; empty when there is none. */
    Optional<StackState> find(String nameOrId);

    /**
     * Makes the change set of a deployment, and the empty stack that it will fill.
     *
     * @return the stack's id
     * @throws RefusedException when the template or the role is not accepted
     */
    String prepare(Deployment deployment);

    /** Returns the change set of a deployment; empty when there is none. */
    Optional<ChangeSetState> changeSet(UUID deployment, String stackId);

    /** Begins to create what the change set says, if that is not under way. */
    void execute(UUID deployment, String stackId);

    /**
     * Begins to delete a stack, also one that is being created. Where CloudFormation is in the middle of what it does
     * not break off, nothing happens.
     *
     * @throws RefusedException when it will not be deleted
     */
    void delete(UUID deployment, String stackId);

    /** Returns what happened to a stack's resources, newest first: all of it, or as much as anybody would read. */
    List<ResourceEvent> events(String stackId);
}
