package dev.plinth.teams;

import dev.plinth.functions.json.Lines;
import dev.plinth.functions.json.OneLine;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/** The body of a request to create or to replace a team. */
@Serdeable
@Schema(name = "TeamBody", description = "What a team shall be called. What is left out is removed, and fields that"
        + " only the server sets are ignored.")
record TeamRequest(
        @NotNull @OneLine @Size(min = 1, max = 100, message = "must have 1 to 100 characters")
        @Schema(example = "Engine room") String name,
        @Nullable @Lines @Size(min = 1, max = 2000, message = "must have 1 to 2000 characters")
        @Schema(example = "Everybody who draws engines") String description) {

    TeamDetails details() {
        return new TeamDetails(name, Optional.ofNullable(description));
    }
}
