package dev.plinth.workspace;

import dev.plinth.functions.json.Lines;
import dev.plinth.functions.json.OneLine;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.UUID;

/** The body of a request to create or to replace a project. */
@Serdeable
@Schema(name = "ProjectBody", description = "What a project shall be. What is left out is removed, and fields that only"
        + " the server sets are ignored.")
record ProjectRequest(
        @NotNull @OneLine @Size(min = 1, max = 100, message = "must have 1 to 100 characters")
        @Schema(example = "Bookshop") String name,
        @Nullable @Lines @Size(min = 1, max = 2000, message = "must have 1 to 2000 characters")
        @Schema(example = "Sells books") String description,
        @Nullable @Schema(description = "The team to share it with; without one it is its owner's alone") UUID teamId) {

    ProjectDetails details() {
        return new ProjectDetails(name, Optional.ofNullable(description), Optional.ofNullable(teamId));
    }
}
