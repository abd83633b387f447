package dev.plinth.local.stack;

import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.DeployedStack;
import dev.plinth.local.template.Pseudo;
import dev.plinth.local.template.ResourceDefinition;
import dev.plinth.local.template.StackTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Creates, rolls back and deletes the resources of a stack, one at a time. Thread-safe. */
final class StackWork {
    private final Pseudo pseudo;
    private final Map<String, ResourceKind> kinds;
    private final Authority authority;

    StackWork(Pseudo pseudo, Map<String, ResourceKind> kinds, Authority authority) {
        this.pseudo = pseudo;
        this.kinds = kinds;
        this.authority = authority;
    }

    /** Somebody deletes the stack while it is created. */
    private static final class CancelledException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CancelledException() {
            super("Resource creation cancelled");
        }
    }

    /** A step that failed, in words for the person who deploys. */
    private static final class StepException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StepException(String message) {
            super(message);
        }
    }

    /** Creates a stack's resources, or rolls back those that were. Returns whether it was created. */
    boolean create(Stack stack, StackTemplate template) {
        try {
            DeployedStack deployed = template.deploy(pseudo, stack.id(), resource -> create(stack, resource));
            stack.gives(deployed.outputs());
        } catch (RuntimeException failed) {
            rollBack(stack, why(stack, failed));
            return false;
        }
        return stack.becomes(StackStatus.CREATE_COMPLETE, Optional.empty());
    }

    private static boolean isCancelled(Stack stack) {
        return stack.status() == StackStatus.DELETE_IN_PROGRESS;
    }

    private CreatedResource create(Stack stack, ResourceDefinition resource) {
        String logicalId = resource.logicalId();
        try {
            if (isCancelled(stack)) {
                throw new CancelledException();
            }
            stack.resourceIs(logicalId, resource.type(), "", "CREATE_IN_PROGRESS", Optional.empty());
            ResourceKind kind = kinds.get(resource.type());
            require(stack.roleArn(), kind.creating(resource));
            CreatedResource created = kind.create(resource);
            stack.made(new MadeResource(resource, created));
            resource.properties().done();
            stack.resourceIs(logicalId, resource.type(), created.ref(), "CREATE_COMPLETE", Optional.empty());
            return created;
        } catch (RuntimeException failed) {
            stack.resourceIs(logicalId, resource.type(), "", "CREATE_FAILED", Optional.of(failed.getMessage()));
            throw failed;
        }
    }

    private void require(String roleArn, List<AccessRequest> needed) {
        for (AccessRequest access : needed) {
            authority.denial(roleArn, access).ifPresent(denial -> {
                throw new StepException("Resource handler returned message: \"" + denial + "\"");
            });
        }
    }

    /** Says which resources failed, as AWS does. What is no resource's failure, an output's say, speaks for itself. */
    private static String why(Stack stack, RuntimeException failed) {
        List<String> resources = stack.view().resources().stream()
                .filter(event -> event.status().equals("CREATE_FAILED")).map(StackEvent::logicalId).toList();
        return resources.isEmpty() ? failed.getMessage()
                : "The following resource(s) failed to create: " + resources + ". Rollback requested by user.";
    }

    private void rollBack(Stack stack, String why) {
        if (stack.becomes(StackStatus.ROLLBACK_IN_PROGRESS, Optional.of(why))) {
            Optional<String> failure = deleteAll(stack, stack.roleArn());
            stack.becomes(failure.isEmpty() ? StackStatus.ROLLBACK_COMPLETE : StackStatus.ROLLBACK_FAILED, failure);
        }
    }

    /** Deletes a stack's resources in the reverse of the order in which they were created. */
    void delete(Stack stack, String roleArn) {
        Optional<String> failure = deleteAll(stack, roleArn);
        stack.is(failure.isEmpty() ? StackStatus.DELETE_COMPLETE : StackStatus.DELETE_FAILED, failure);
    }

    /**
     * Stops at the first one that cannot be deleted, since the older ones may be what it stands on. Returns what
     * failed; empty when all are gone.
     */
    private Optional<String> deleteAll(Stack stack, String roleArn) {
        for (MadeResource resource : stack.made()) {
            String logicalId = resource.definition().logicalId();
            String type = resource.definition().type();
            String physicalId = resource.created().ref();
            if (resource.isRetained()) {
                stack.resourceIs(logicalId, type, physicalId, "DELETE_SKIPPED", Optional.empty());
            } else {
                stack.resourceIs(logicalId, type, physicalId, "DELETE_IN_PROGRESS", Optional.empty());
                try {
                    ResourceKind kind = kinds.get(type);
                    require(roleArn, kind.deleting(resource));
                    kind.delete(resource);
                } catch (RuntimeException failed) {
                    stack.resourceIs(logicalId, type, physicalId, "DELETE_FAILED", Optional.of(failed.getMessage()));
                    return Optional.of("The following resource(s) failed to delete: [" + logicalId + "]. ");
                }
                stack.resourceIs(logicalId, type, physicalId, "DELETE_COMPLETE", Optional.empty());
            }
            stack.gone(resource);
        }
        return Optional.empty();
    }
}
