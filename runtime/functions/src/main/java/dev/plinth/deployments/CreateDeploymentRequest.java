package dev.plinth.deployments;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** The body of a request to deploy. */
@Serdeable
@Schema(name = "NewDeployment", description = "What to deploy")
record CreateDeploymentRequest(
        @NotNull @Schema(description = "The project, which the caller may edit") UUID projectId,
        @NotNull @Schema(description = "A code generation of the project that has succeeded; the template of its"
                + " archive is deployed") UUID generationId) {
}
