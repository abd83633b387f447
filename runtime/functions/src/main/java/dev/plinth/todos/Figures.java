package dev.plinth.todos;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many todos a user has. They are written with every todo, in one transaction, and so agree with the todos.
 *
 * @param archived how many archived todos expire at each time. Nobody writes when they do, so the number of those that
 *                 are left can only be told from the times.
 * @param created  how many were ever created
 */
record Figures(long open, long done, Map<Instant, Long> archived, long created) {

    static final Figures NONE = new Figures(0, 0, Map.of(), 0);

    Figures {
        archived = Map.copyOf(archived);
    }

    /** Returns how many archived todos there are at a time. */
    long archivedAt(Instant now) {
        return archived.entrySet().stream()
                .filter(entry -> entry.getKey().isAfter(now))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Returns what a write changes: the figures of the todo after it, less those of the todo before it. */
    static Figures difference(Optional<Todo> before, Optional<Todo> after) {
        Map<Instant, Long> archived = new HashMap<>();
        before.flatMap(Todo::expiresAt).ifPresent(expiry -> archived.merge(expiry, -1L, Long::sum));
        after.flatMap(Todo::expiresAt).ifPresent(expiry -> archived.merge(expiry, 1L, Long::sum));
        archived.values().removeIf(difference -> difference == 0);
        return new Figures(
                count(after, TodoStatus.OPEN) - count(before, TodoStatus.OPEN),
                count(after, TodoStatus.DONE) - count(before, TodoStatus.DONE),
                archived,
                before.isEmpty() ? 1 : 0);
    }

    /** Returns how many todos count against the limit: those that no expiry takes away. */
    long kept() {
        return open + done;
    }

    private static long count(Optional<Todo> todo, TodoStatus status) {
        return todo.filter(present -> present.status() == status).isPresent() ? 1 : 0;
    }
}
