package dev.plinth.local.stack;

/** A call that is refused, with the code and the message of CloudFormation's API. */
public final class StackFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;

    private StackFailure(int status, String code, String message) {
        super(message);
        this.code = code;
        this.status = status;
    }

    public static StackFailure invalid(String message) {
        return new StackFailure(400, "ValidationError", message);
    }

    static StackFailure noStack(String nameOrId) {
        return invalid("Stack with id " + nameOrId + " does not exist");
    }

    static StackFailure noChangeSet(String nameOrId) {
        return new StackFailure(404, "ChangeSetNotFound", "ChangeSet [" + nameOrId + "] does not exist");
    }

    static StackFailure alreadyExists(String message) {
        return new StackFailure(400, "AlreadyExistsException", message);
    }

    static StackFailure wrongStatus(String message) {
        return new StackFailure(400, "InvalidChangeSetStatus", message);
    }

    public String code() {
        return code;
    }

    /** Returns the status of HTTP. */
    public int status() {
        return status;
    }
}
