package dev.plinth.teams;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** A team in the list of somebody who is in it. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TeamSummary", description = "A team in which one is")
record TeamSummaryRepresentation(
        @NotNull @Schema(format = "uuid") String id,
        @NotNull String name,
        @Nullable String description,
        @NotNull @Schema(description = "One's own role in it") TeamRole role) {

    static TeamSummaryRepresentation of(Membership membership) {
        return new TeamSummaryRepresentation(membership.teamId().toString(), membership.details().name(),
                membership.details().description().orElse(null), membership.role());
    }
}
