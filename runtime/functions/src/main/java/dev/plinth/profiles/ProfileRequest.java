package dev.plinth.profiles;

import dev.plinth.functions.json.Lines;
import dev.plinth.functions.json.OneLine;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;

/** The body of a request to replace a profile: what is left out is not kept. */
@Serdeable
@Schema(name = "ProfileReplacement", description = "What the studio shall know of you. What is left out is removed, and"
        + " fields that only the server sets are ignored.")
record ProfileRequest(
        @Nullable @OneLine @Size(min = 1, max = 100, message = "must have 1 to 100 characters")
        @Schema(example = "Ada") String name,
        @Nullable @Lines @Size(min = 1, max = 2000, message = "must have 1 to 2000 characters")
        @Schema(example = "Draws engines") String about) {
}
