package dev.plinth.contract;

/** What starts a function. */
public enum Trigger {
    /** The HTTP API, for one of the service's routes. */
    HTTP("dev.plinth.functions.HttpFunction"),

    /** The HTTP API, to learn who calls a closed route. */
    AUTHORIZER,

    /** A queue, with a batch of messages. */
    QUEUE,

    /** A clock. */
    SCHEDULE,

    /** Secrets Manager, for the steps of a rotation. */
    ROTATION,

    /** CloudFormation, as a custom resource. */
    DEPLOYMENT;

    private final String handler;

    Trigger() {
        this("dev.plinth.functions.EventFunction");
    }

    Trigger(String handler) {
        this.handler = handler;
    }

    /** Returns the handler class of the functions that this starts. */
    public String handler() {
        return handler;
    }
}
