package dev.plinth.teams;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plinth.functions.time.Timestamps;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** A team as its members see it. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Team", description = "A team and who is in it")
record TeamRepresentation(
        @NotNull @Schema(format = "uuid") String id,
        @NotNull String name,
        @Nullable String description,
        @NotNull List<Member> members,
        @NotNull @Schema(format = "date-time") String createdAt,
        @NotNull @Schema(format = "date-time") String updatedAt) {

    /** A member, by their id: what else is known of a person is theirs to tell. */
    @Serdeable
    @Schema(name = "TeamMember")
    record Member(@NotNull @Schema(format = "uuid") String userId, @NotNull TeamRole role) {
    }

    static TeamRepresentation of(Team team) {
        return new TeamRepresentation(
                team.id().toString(),
                team.details().name(),
                team.details().description().orElse(null),
                team.members().entrySet().stream()
                        .map(member -> new Member(member.getKey().toString(), member.getValue()))
                        .toList(),
                Timestamps.text(team.createdAt()),
                Timestamps.text(team.updatedAt()));
    }
}
