package dev.plinth.generation;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** The body of a request to generate code. */
@Serdeable
@Schema(name = "NewCodeGeneration", description = "What to generate code from")
record CreateGenerationRequest(
        @NotNull @Schema(description = "A project that the caller may change") UUID projectId,
        @NotNull @Schema(description = "A schema of the project") UUID schemaId,
        @NotNull @Schema(description = "An architecture of the project") UUID architectureId) {
}
