package dev.plinth.workspace;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plinth.functions.time.Timestamps;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** A project as people see it. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Project", description = "A project")
record ProjectRepresentation(
        @NotNull @Schema(format = "uuid") String id,
        @NotNull String name,
        @Nullable String description,
        @NotNull @Schema(format = "uuid", description = "Who made it") String ownerId,
        @Nullable @Schema(format = "uuid", description = "The team that it is shared with") String teamId,
        @NotNull @Schema(format = "date-time") String createdAt,
        @NotNull @Schema(format = "date-time") String updatedAt) {

    static ProjectRepresentation of(Project project) {
        return new ProjectRepresentation(
                project.id().toString(),
                project.details().name(),
                project.details().description().orElse(null),
                project.ownerId().toString(),
                project.details().teamId().map(UUID::toString).orElse(null),
                Timestamps.text(project.createdAt()),
                Timestamps.text(project.updatedAt()));
    }
}
