package dev.plinth.todos;

import dev.plinth.functions.time.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which of a user's todos a list holds, and in which order: newest first, or earliest due first.
 *
 * @param status    only todos in this status
 * @param dueBefore only open todos that are due before this time, earliest first; then there is no status
 */
record TodoFilter(Optional<TodoStatus> status, Optional<Instant> dueBefore) {

    static final TodoFilter ALL = new TodoFilter(Optional.empty(), Optional.empty());

    /** Returns what makes a user's list by this filter another one than all other lists. */
    List<String> list(UUID user) {
        return List.of("todos", user.toString(), status.map(Enum::name).orElse(""),
                dueBefore.map(Timestamps::text).orElse(""));
    }
}
