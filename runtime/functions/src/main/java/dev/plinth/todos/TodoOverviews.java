package dev.plinth.todos;

import dev.plinth.failure.Failure;
import java.util.UUID;

/** What the dashboard may know of todos. Thread-safe. */
public interface TodoOverviews {
    /**
     * Returns the overview of a user; of one who has no todos when there is none.
     *
     * @throws Failure of kind UNAVAILABLE when the table does not answer in time
     */
    TodoOverview of(UUID user);
}
