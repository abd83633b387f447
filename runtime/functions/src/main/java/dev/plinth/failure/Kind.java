package dev.plinth.failure;

/** Why a request failed. Each kind has one answer over HTTP. */
public enum Kind {
    /** The body is not what it claims to be: not JSON, not UTF-8, not an object. */
    MALFORMED_BODY,

    /** The request can be read but breaks a rule; its violations say where. */
    INVALID_REQUEST,

    /** Nobody is known to make the request, or the proof that came with it does not hold. */
    UNAUTHENTICATED,

    /** The access token was good once: it has expired, or its session has ended. Another one may be got. */
    TOKEN_ENDED,

    /** The caller is known, and may not do this. */
    FORBIDDEN,

    /** What the request names does not exist, or is not the caller's. */
    NOT_FOUND,

    /** What the request names is in a state that forbids the step. */
    CONFLICT,

    /** The caller's If-Match no longer holds: someone else has changed the thing since. */
    STALE,

    /** The idempotency key was used before, with another request. */
    KEY_REUSED,

    /** The caller did this too often. The request may succeed later. */
    TOO_MANY,

    /** Something that the service depends on throttles, fails or does not answer. The request may succeed later. */
    UNAVAILABLE
}
