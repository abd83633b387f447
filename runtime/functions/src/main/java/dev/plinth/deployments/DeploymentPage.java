package dev.plinth.deployments;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** A page of a list. An empty list of items is written as such. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "DeploymentPage", description = "Deployments, newest first")
record DeploymentPage(
        @NotNull List<DeploymentRepresentation> items,
        @Nullable
        @Schema(description = "Send it as cursor, with the same filters, to get the next page. Absent on the last one.")
        String nextCursor) {
}
