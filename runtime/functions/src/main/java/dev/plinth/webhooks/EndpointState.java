package dev.plinth.webhooks;

/** Whether something is told of notices. */
public enum EndpointState {
    /** Not yet: its owner has still to confirm it. */
    PENDING,

    /** It is. */
    ACTIVE,

    /** Not any more: too many deliveries failed in a row, or its receiver said that it is gone for good. */
    DISABLED
}
