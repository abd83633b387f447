package dev.plinth.todos;

import dev.plinth.functions.idempotency.KeyUse;
import dev.plinth.functions.paging.ListPosition;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The todos that the service keeps, and each user's figures. Each method is atomic, whoever else reads and writes. A
 * method whose answer was lost on the way back may be carried out again by its implementation, but never takes effect
 * twice.
 *
 * <p>Every method throws {@link dev.plinth.failure.Failure} UNAVAILABLE when the store does not answer in time. Then a
 * write may or may not have happened, and the caller may try again. Every write throws NOT_FOUND when the user's
 * removal has begun, and CONFLICT when the user would keep more than {@value #MOST_KEPT} todos.
 */
interface Todos {

    /** How many todos that are not archived a user can have. */
    int MOST_KEPT = 1000;

    /** Adds a new todo. */
    void add(Todo todo);

    /**
     * Adds {@code use.created()} unless its owner has used the key; a use that has expired at {@code use.usedAt()}
     * counts for nothing.
     *
     * @return the earlier use of the key, in which case nothing was written; empty when the todo was added
     */
    Optional<KeyUse<Todo>> addOnce(KeyUse<Todo> use);

    /** Returns the user's todo as the latest completed write left it, even expired; empty when there is none. */
    Optional<Todo> find(UUID user, UUID id);

    /**
     * Replaces a todo if it still is as it was before.
     *
     * @return false when it has another revision by now, or is gone; nothing was written then
     */
    boolean replace(Todo before, Todo after);

    /**
     * Removes a todo if it still is as given.
     *
     * @return false when it has another revision by now, and stays; true when it is gone
     */
    boolean remove(Todo todo);

    /**
     * Lists a user's todos without those that have expired. A list by status or by due time follows the writes with a
     * delay, of less than a second as a rule.
     *
     * @param after list only what comes after this position; empty to start at the beginning
     * @param limit the most todos to return, at least 1
     */
    TodoPage list(UUID user, TodoFilter filter, Optional<ListPosition> after, int limit, Instant now);
}
