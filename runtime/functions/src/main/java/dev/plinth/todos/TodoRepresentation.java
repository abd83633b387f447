package dev.plinth.todos;

import dev.plinth.functions.time.Timestamps;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** A todo as its owner sees it. */
@Serdeable
@Schema(name = "Todo", description = "A todo")
record TodoRepresentation(
        @NotNull @Schema(format = "uuid", example = "0195c6f4-3d80-7c3c-9a55-0a1f6f0d2b11") String id,
        @NotNull @Schema(example = "Water the ferns") String title,
        @Nullable @Schema(description = "Absent when there is none") String note,
        @Nullable @Schema(description = "Absent when there is none", format = "date-time") String dueAt,
        @NotNull Priority priority,
        @NotNull TodoStatus status,
        @NotNull @Schema(format = "date-time", example = "2026-03-01T12:00:00.000Z") String createdAt,
        @NotNull @Schema(format = "date-time", example = "2026-03-01T12:00:00.000Z") String updatedAt,
        @Nullable
        @Schema(description = "When an archived todo is removed; absent while it is not archived", format = "date-time")
        String expiresAt) {

    static TodoRepresentation of(Todo todo) {
        TodoDetails details = todo.details();
        return new TodoRepresentation(
                todo.id().toString(),
                details.title(),
                details.note().orElse(null),
                details.dueAt().map(Timestamps::text).orElse(null),
                details.priority(),
                todo.status(),
                Timestamps.text(todo.createdAt()),
                Timestamps.text(todo.updatedAt()),
                todo.expiresAt().map(Timestamps::text).orElse(null));
    }
}
