package dev.plinth.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** A page of a project's code generations. An empty list of items is written as such. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CodeGenerationPage", description = "Code generations of a project, newest first")
record GenerationPage(
        @NotNull List<GenerationRepresentation> items,
        @Nullable
        @Schema(description = "Send it as cursor, with the same project, to get the next page. Absent on the last one.")
        String nextCursor) {
}
