package dev.plinth.model;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/** An arrow from one component to another, each named by its id. */
@Serdeable
@Schema(name = "ArchitectureConnection", description = "An arrow from one component to another. "
        + "From a TOPIC to a QUEUE it becomes a subscription.")
public record Connection(
        @Schema(example = "api") String from,
        @Schema(example = "orders") String to,
        @Nullable @Schema(example = "writes") String label) {
}
