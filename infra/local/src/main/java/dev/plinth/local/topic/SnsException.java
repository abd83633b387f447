package dev.plinth.local.topic;

/** A call that SNS refuses. */
public final class SnsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    private SnsException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public static SnsException invalid(String what) {
        return new SnsException(400, "InvalidParameter", "Invalid parameter: " + what);
    }

    public static SnsException notFound(String what) {
        return new SnsException(404, "NotFound", what + " does not exist");
    }

    public int status() {
        return status;
    }

    /** Returns SNS's name of the error. */
    public String code() {
        return code;
    }
}
