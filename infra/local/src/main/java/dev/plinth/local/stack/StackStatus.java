package dev.plinth.local.stack;

/** The states of a stack that is created, rolled back and deleted; the stacks here are never updated. */
public enum StackStatus {
    /** It has change sets, and nothing else. */
    REVIEW_IN_PROGRESS,
    CREATE_IN_PROGRESS,
    CREATE_COMPLETE,
    ROLLBACK_IN_PROGRESS,
    ROLLBACK_COMPLETE,
    ROLLBACK_FAILED,
    DELETE_IN_PROGRESS,
    DELETE_COMPLETE,
    DELETE_FAILED
}
