package dev.plinth.todos;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Todos for tests. */
final class TodoExamples {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final TodoDetails DETAILS = details("Water the ferns");

    private TodoExamples() {
    }

    static TodoDetails details(String title) {
        return new TodoDetails(title, Optional.empty(), Optional.empty(), Priority.NORMAL);
    }

    static TodoDetails due(Instant due) {
        return new TodoDetails("Water the ferns", Optional.empty(), Optional.of(due), Priority.NORMAL);
    }

    static Todo todo(UUID user, TodoDetails details) {
        return Todo.open(UuidCreator.getTimeOrderedEpoch(), user, details, UUID.randomUUID().toString());
    }

    static Todo moved(Todo todo, TodoStatus status, Instant now) {
        return todo.after(new TodoChange(todo.details(), status), now, UUID.randomUUID().toString());
    }
}
