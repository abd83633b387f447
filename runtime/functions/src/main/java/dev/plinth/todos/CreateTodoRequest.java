package dev.plinth.todos;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/** The body of a request to create a todo. */
@Serdeable
@Schema(name = "NewTodo", description = "A todo to create. Fields that only the server sets are ignored.")
record CreateTodoRequest(
        @NotNull @Rules.Title @Schema(example = "Water the ferns") String title,
        @Nullable @Rules.Note @Schema(example = "The one in the hall, too") String note,
        @Nullable @Schema(description = "A time in UTC", format = "date-time", example = "2026-03-01T12:00:00.000Z")
        Instant dueAt,
        @Nullable @Schema(defaultValue = "NORMAL") Priority priority) {

    /**
     * Returns what there is to do.
     *
     * @throws dev.plinth.failure.Failure INVALID_REQUEST when the time is out of range
     */
    TodoDetails details() {
        return Rules.details(title, note, dueAt, priority);
    }
}
