package dev.plinth.failure;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A request that a service refuses or cannot serve. The detail and the violations are written for the caller and are
 * sent to them; the cause is for the log and never leaves the process.
 */
public final class Failure extends RuntimeException {
    private final Kind kind;
    private final List<Violation> violations;
    private final Duration retryAfter;

    public Failure(Kind kind, String detail) {
        this(kind, detail, List.of(), null, null);
    }

    public Failure(Kind kind, String detail, List<Violation> violations) {
        this(kind, detail, violations, null, null);
    }

    public Failure(Kind kind, String detail, Throwable cause) {
        this(kind, detail, List.of(), null, cause);
    }

    private Failure(Kind kind, String detail, List<Violation> violations, Duration retryAfter, Throwable cause) {
        super(Objects.requireNonNull(detail, "detail"), cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.violations = List.copyOf(violations);
        this.retryAfter = retryAfter;
    }

    /** Returns a failure of kind {@code INVALID_REQUEST} with one violation. */
    public static Failure invalid(Violation.Place place, String name, String detail) {
        return invalid(List.of(new Violation(place, name, detail)));
    }

    /** Returns a failure of kind {@code INVALID_REQUEST} whose detail tells the rule, or how many there are. */
    public static Failure invalid(List<Violation> violations) {
        return new Failure(Kind.INVALID_REQUEST, violations.size() == 1 ? violations.get(0).sentence()
                : "The request breaks " + violations.size() + " rules.", violations);
    }

    /**
     * Returns the failure of a dependency.
     *
     * @param retryAfter the time after which the caller may ask again; sent in whole seconds, rounded up
     * @param cause      what the dependency's client threw; logged, never sent
     */
    public static Failure unavailable(String detail, Duration retryAfter, Throwable cause) {
        return new Failure(Kind.UNAVAILABLE, detail, List.of(), Objects.requireNonNull(retryAfter), cause);
    }

    /** Returns the failure of a caller who is a user no more, although an access token of theirs still holds. */
    public static Failure accountRemoved() {
        return new Failure(Kind.FORBIDDEN, "Your account has been removed.");
    }

    /** Returns the failure of a caller who did something too often, and may do it again after the given time. */
    public static Failure tooMany(String detail, Duration retryAfter) {
        return new Failure(Kind.TOO_MANY, detail, List.of(), Objects.requireNonNull(retryAfter), null);
    }

    public Kind kind() {
        return kind;
    }

    /** Returns what is said to the caller. Never null. */
    public String detail() {
        return getMessage();
    }

    /** Returns the rules that the request breaks, in the order of the request; empty unless it breaks one. */
    public List<Violation> violations() {
        return violations;
    }

    /** Returns the time after which the caller may ask again; empty unless the request may succeed by then. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
