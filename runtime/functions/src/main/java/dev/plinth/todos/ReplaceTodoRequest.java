package dev.plinth.todos;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/** The body of a request to replace a todo: what is left out is not kept. */
@Serdeable
@Schema(name = "TodoReplacement", description = "What a todo shall be. A note or a time that is left out is removed,"
        + " and the priority becomes NORMAL. Fields that only the server sets are ignored.")
record ReplaceTodoRequest(
        @NotNull @Rules.Title @Schema(example = "Water the ferns") String title,
        @Nullable @Rules.Note @Schema(example = "The one in the hall, too") String note,
        @Nullable @Schema(description = "A time in UTC", format = "date-time", example = "2026-03-01T12:00:00.000Z")
        Instant dueAt,
        @Nullable @Schema(defaultValue = "NORMAL") Priority priority,
        @NotNull TodoStatus status) {

    /**
     * Returns what the todo shall be.
     *
     * @throws dev.plinth.failure.Failure INVALID_REQUEST when the time is out of range
     */
    TodoChange change() {
        return new TodoChange(Rules.details(title, note, dueAt, priority), status);
    }
}
