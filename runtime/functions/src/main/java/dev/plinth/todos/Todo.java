package dev.plinth.todos;

import dev.plinth.functions.paging.ListPosition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * A todo as it stands.
 *
 * @param id        a UUID of version 7, which sorts by the time of creation
 * @param expiresAt from when on it is gone; present while it is archived
 * @param revision  names this very state of the todo; every write stamps another one
 */
record Todo(UUID id, UUID userId, TodoDetails details, TodoStatus status, Instant updatedAt,
        Optional<Instant> expiresAt, String revision) {

    /** How long an archived todo is kept, at least. */
    static final Duration ARCHIVED_FOR = Duration.ofDays(30);

    private static final int MILLIS_SHIFT = 16;

    /** Returns a todo that is new, as its id says since when. */
    static Todo open(UUID id, UUID userId, TodoDetails details, String revision) {
        return new Todo(id, userId, details, TodoStatus.OPEN, createdAt(id), Optional.empty(), revision);
    }

    /** Returns when the todo was created, which its id tells to the millisecond (RFC 9562, section 5.7). */
    Instant createdAt() {
        return createdAt(id);
    }

    private static Instant createdAt(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> MILLIS_SHIFT);
    }

    /** Returns the todo's place in every list by creation. */
    ListPosition position() {
        return position(id);
    }

    static ListPosition position(UUID id) {
        return new ListPosition(createdAt(id), id);
    }

    /** Returns the todo's place in the list of open todos that are due; empty when it is not in it. */
    Optional<ListPosition> duePosition() {
        return status == TodoStatus.OPEN ? details.dueAt().map(due -> new ListPosition(due, id)) : Optional.empty();
    }

    /** Tells whether the todo has expired. DynamoDB removes it some time later, up to days. */
    boolean isExpired(Instant now) {
        return expiresAt.map(expiry -> !expiry.isAfter(now)).orElse(false);
    }

    /** Tells whether a change asks for anything that is not so already. */
    boolean differsFrom(TodoChange change) {
        return status != change.status() || !details.equals(change.details());
    }

    /** Returns this todo after a change. One that stays archived keeps its expiry. */
    Todo after(TodoChange change, Instant now, String newRevision) {
        Optional<Instant> expiry = change.status() != TodoStatus.ARCHIVED ? Optional.empty()
                : expiresAt.or(() -> Optional.of(expiry(now)));
        return new Todo(id, userId, change.details(), change.status(), now, expiry, newRevision);
    }

    /** The end of a day in UTC, so that a user's archived todos can be counted by few expiries. */
    private static Instant expiry(Instant now) {
        return now.plus(ARCHIVED_FOR).truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    }
}
