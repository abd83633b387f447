package dev.plinth.todos;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** A page of a list as its owner sees it. An empty list of items is written as such. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TodoPage", description = "Todos, in the order of the list")
record TodoPageRepresentation(
        @NotNull List<TodoRepresentation> items,
        @Nullable
        @Schema(description = "Send it as cursor, with the same filters, to get the next page. Absent on the last one.")
        String nextCursor) {

    /**
     * Returns a page.
     *
     * @param nextCursor null on the last page
     */
    static TodoPageRepresentation of(TodoPage page, @Nullable String nextCursor) {
        return new TodoPageRepresentation(page.todos().stream().map(TodoRepresentation::of).toList(), nextCursor);
    }
}
