package dev.plinth.todos;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.Pause;
import dev.plinth.functions.http.RevisionCondition;
import dev.plinth.functions.idempotency.Creation;
import dev.plinth.functions.idempotency.Fingerprint;
import dev.plinth.functions.idempotency.KeyUse;
import dev.plinth.functions.paging.ListPosition;
import dev.plinth.functions.time.Timestamps;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What users can do with their todos; each method is given whose they are. Safe for use by several threads. */
@Singleton
@Requires(env = "todos")
class TodoService {

    /** How often a change is derived anew from a todo that others keep changing, before the caller is told. */
    private static final int ATTEMPTS = 10;

    private final Todos todos;
    private final TodoIds ids;
    private final Clock clock;

    TodoService(Todos todos, TodoIds ids, Clock clock) {
        this.todos = todos;
        this.ids = ids;
        this.clock = clock;
    }

    Todo create(UUID user, TodoDetails details) {
        Todo todo = newTodo(user, details);
        todos.add(todo);
        return todo;
    }

    /**
     * Creates a todo, or returns the one that an earlier request of the user with this key and these details created.
     *
     * @throws Failure KEY_REUSED when the earlier request had other details
     */
    Creation<Todo> createOnce(UUID user, TodoDetails details, String key) {
        KeyUse<Todo> use = new KeyUse<>(key, fingerprint(details), newTodo(user, details), now());
        return use.after(todos.addOnce(use));
    }

    /** Returns the user's todo, and fails with NOT_FOUND when there is none, or it is somebody else's, or expired. */
    Todo find(UUID user, UUID id) {
        return todos.find(user, id).filter(todo -> !todo.isExpired(now())).orElseThrow(() -> unknown(id));
    }

    TodoPage list(UUID user, TodoFilter filter, Optional<ListPosition> after, int limit) {
        return todos.list(user, filter, after, limit, now());
    }

    /**
     * Replaces what there is to do, and where it stands. Without a condition the last one to replace it wins. A change
     * that changes nothing keeps the revision.
     *
     * @throws Failure NOT_FOUND, STALE when the todo does not meet the condition, CONFLICT when it would be one too
     *                 many that is not archived, or UNAVAILABLE when too many others changed it meanwhile
     */
    Todo change(UUID user, UUID id, RevisionCondition condition, TodoChange change) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Todo current = admitted(user, id, condition);
            if (!current.differsFrom(change)) {
                return current;
            }
            Todo changed = current.after(change, now(), newRevision());
            if (todos.replace(current, changed)) {
                return changed;
            }
            Pause.after(attempt);
        }
        throw contended();
    }

    /**
     * Removes a todo for good, whatever its status.
     *
     * @throws Failure NOT_FOUND, STALE when the todo does not meet the condition, or UNAVAILABLE when too many others
     *                 changed it meanwhile
     */
    void remove(UUID user, UUID id, RevisionCondition condition) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (todos.remove(admitted(user, id, condition))) {
                return;
            }
            Pause.after(attempt);
        }
        throw contended();
    }

    private Todo admitted(UUID user, UUID id, RevisionCondition condition) {
        Todo todo = find(user, id);
        if (!condition.admits(todo.revision())) {
            throw new Failure(Kind.STALE, "The todo has changed since the state that If-Match names. Read it again.");
        }
        return todo;
    }

    private Todo newTodo(UUID user, TodoDetails details) {
        return Todo.open(ids.next(), user, details, newRevision());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String newRevision() {
        return UUID.randomUUID().toString();
    }

    private static String fingerprint(TodoDetails details) {
        return HexFormat.of().formatHex(Fingerprint.of(List.of(
                details.title(),
                details.note().map("note:"::concat).orElse(""),
                details.dueAt().map(Timestamps::text).orElse(""),
                details.priority().name())));
    }

    private static Failure unknown(UUID id) {
        return new Failure(Kind.NOT_FOUND, "You have no todo " + id + ".");
    }

    private static Failure contended() {
        return new Failure(Kind.UNAVAILABLE, "Too many requests change this todo at once. Try again.");
    }
}
