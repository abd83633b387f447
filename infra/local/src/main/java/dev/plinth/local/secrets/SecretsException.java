package dev.plinth.local.secrets;

/** A call that Secrets Manager refuses, with the code that it has on AWS. */
public final class SecretsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    private SecretsException(String code, String message) {
        super(message);
        this.code = code;
    }

    static SecretsException notFound(String message) {
        return new SecretsException("ResourceNotFoundException", message);
    }

    static SecretsException exists(String message) {
        return new SecretsException("ResourceExistsException", message);
    }

    public static SecretsException invalidRequest(String message) {
        return new SecretsException("InvalidRequestException", message);
    }

    public static SecretsException invalidParameter(String message) {
        return new SecretsException("InvalidParameterException", message);
    }

    /** Returns AWS's error code, for example {@code ResourceNotFoundException}. */
    public String code() {
        return code;
    }
}
