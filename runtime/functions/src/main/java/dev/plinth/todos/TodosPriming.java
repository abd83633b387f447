package dev.plinth.todos;

import dev.plinth.functions.checkpoint.Priming;
import dev.plinth.functions.json.RequestBodies;
import io.micronaut.context.annotation.Requires;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Takes a todo from its body to a write that is refused, since there is no such todo, and to its representation. The
 * requests sent before the checkpoint reach none of this, as they create nothing.
 */
@Singleton
@Requires(env = "todos")
class TodosPriming implements Priming {

    private static final String NEW = "{\"title\": \"Priming\", \"dueAt\": \"2026-03-01T12:00:00Z\"}";
    private static final String REPLACED = "{\"title\": \"Priming\", \"status\": \"DONE\"}";

    private final Todos todos;
    private final RequestBodies bodies;
    private final JsonMapper json;

    TodosPriming(Todos todos, RequestBodies bodies, JsonMapper json) {
        this.todos = todos;
        this.bodies = bodies;
        this.json = json;
    }

    @Override
    public void prime() {
        TodoDetails details = bodies.read(bytes(NEW), CreateTodoRequest.class, Set.of("id")).details();
        TodoChange change = bodies.read(bytes(REPLACED), ReplaceTodoRequest.class, Set.of("id")).change();
        Todo todo = Todo.open(UUID.randomUUID(), UUID.randomUUID(), details, UUID.randomUUID().toString());
        Todo changed = todo.after(change, Instant.EPOCH, UUID.randomUUID().toString());
        todos.replace(todo, changed);
        todos.remove(todo);
        TodoPage page = new TodoPage(List.of(todo, changed), Optional.empty());
        try {
            json.writeValueAsBytes(TodoPageRepresentation.of(page, "priming"));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
