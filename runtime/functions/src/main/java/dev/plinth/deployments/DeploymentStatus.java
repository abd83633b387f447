package dev.plinth.deployments;

/** Where a deployment is. */
enum DeploymentStatus {
    /** Nobody has begun with it. */
    QUEUED,

    /** Its stack is being created; after a failure, what was created is being removed. */
    CREATING,

    /** Its stack is there. */
    SUCCEEDED,

    /** Its stack could not be created. */
    FAILED,

    /** Somebody wants it to be deleted. */
    DELETING,

    /** Its stack is gone. */
    DELETED,

    /** Its stack, or a part of it, is still there although somebody wanted it to be deleted. */
    DELETE_FAILED
}
