package dev.plinth.local.stack;

import dev.plinth.local.iam.AccessRequest;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.ResourceDefinition;
import java.util.List;

/** Creates and deletes the resources of one type. Thread-safe. */
public interface ResourceKind {
    /** Returns what CloudFormation does in the name of the stack's role to create such a resource. */
    List<AccessRequest> creating(ResourceDefinition resource);

    /**
     * Creates the resource. Properties without effect are declared as ignored.
     *
     * @throws RuntimeException when it cannot be created; the message is for the person who deploys
     */
    CreatedResource create(ResourceDefinition resource);

    /** Returns what CloudFormation does in the name of the stack's role to delete the resource. */
    List<AccessRequest> deleting(MadeResource resource);

    /**
     * Deletes the resource. One that is gone already is deleted.
     *
     * @throws RuntimeException when it cannot be deleted; the message is for the person who deploys
     */
    void delete(MadeResource resource);
}
