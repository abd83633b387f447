package dev.plinth.functions.problem;

import dev.plinth.failure.Kind;
import io.micronaut.http.HttpStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The problems that a caller can meet, each with its status and a type that stays the same for ever. The types are
 * URNs: RFC 9457 asks for a URI, and a URL would promise a page that someone has to keep.
 */
public enum ProblemType {
    MALFORMED_BODY(HttpStatus.BAD_REQUEST, "Malformed body", "The body cannot be read."),
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "Invalid request", "The request cannot be read."),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Unauthenticated",
            "The request comes without a proof of who makes it, or with one that does not hold."),
    TOKEN_ENDED(HttpStatus.UNAUTHORIZED, "Token ended",
            "The access token has expired, or its session has ended."),
    FORBIDDEN(HttpStatus.FORBIDDEN, "Forbidden", "The caller may not do this."),
    NOT_FOUND(HttpStatus.NOT_FOUND, "Not found", "Nothing is at this path."),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed",
            "The path does not take this method. The Allow header lists those that it takes."),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Not acceptable",
            "The path gives none of the media types that the Accept header names."),
    CONFLICT(HttpStatus.CONFLICT, "Conflict", "The state of the resource forbids this."),
    STALE(HttpStatus.PRECONDITION_FAILED, "Precondition failed",
            "The resource has changed since the caller read it."),
    TOO_LARGE(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "Body too large", "The body is larger than the service takes."),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type",
            "The path does not take bodies of this Content-Type."),
    KEY_REUSED(HttpStatus.UNPROCESSABLE_ENTITY, "Idempotency key reused",
            "The idempotency key was used before, with another request."),
    TOO_MANY(HttpStatus.TOO_MANY_REQUESTS, "Too many requests",
            "Too many requests. Try again after the time in the Retry-After header."),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error",
            "The service failed. Quote the requestId when you report it."),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Unavailable",
            "The service cannot answer now. Try again after the time in the Retry-After header.");

    private final HttpStatus status;
    private final String title;
    private final String detail;

    ProblemType(HttpStatus status, String title, String detail) {
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    static ProblemType of(Kind kind) {
        return switch (kind) {
            case MALFORMED_BODY -> MALFORMED_BODY;
            case INVALID_REQUEST -> INVALID_REQUEST;
            case UNAUTHENTICATED -> UNAUTHENTICATED;
            case TOKEN_ENDED -> TOKEN_ENDED;
            case FORBIDDEN -> FORBIDDEN;
            case TOO_MANY -> TOO_MANY;
            case NOT_FOUND -> NOT_FOUND;
            case CONFLICT -> CONFLICT;
            case STALE -> STALE;
            case KEY_REUSED -> KEY_REUSED;
            case UNAVAILABLE -> UNAVAILABLE;
        };
    }

    /** Returns the problem that stands for a status when nothing more is known; 400 is an invalid request. */
    static Optional<ProblemType> of(HttpStatus status) {
        return status == HttpStatus.BAD_REQUEST ? Optional.of(INVALID_REQUEST)
                : Arrays.stream(values()).filter(type -> type.status == status).findFirst();
    }

    /** Returns the member {@code type}, for example {@code urn:plinth:problem:key-reused}. */
    public String uri() {
        return "urn:plinth:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public int status() {
        return status.getCode();
    }

    public String title() {
        return title;
    }

    /** Returns what the caller is told when the failure itself has nothing to say. */
    public String detail() {
        return detail;
    }

    HttpStatus httpStatus() {
        return status;
    }

    boolean isServerError() {
        return status.getCode() >= HttpStatus.INTERNAL_SERVER_ERROR.getCode();
    }
}
