package dev.plinth.workspace;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plinth.activity.Activity;
import dev.plinth.functions.time.Timestamps;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** An entry of the activity log as people see it. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Activity", description = "Something that was done")
record ActivityRepresentation(
        @NotNull @Schema(format = "uuid") String id,
        @Nullable @Schema(format = "uuid", description = "Absent for what is in no project: teams, and one's profile")
        String projectId,
        @Nullable @Schema(format = "uuid", description = "Who did it; absent when the system did") String actorId,
        @NotNull @Schema(example = "schema.created") String type,
        @NotNull @Schema(description = "The id of what it was done to") String subject,
        @NotNull Map<String, String> detail,
        @NotNull @Schema(format = "date-time") String at) {

    /** What is recorded below an id that is no project's, by the first part of its type. */
    private static final Set<String> ELSEWHERE = Set.of("team", "profile");

    static ActivityRepresentation of(Activity activity) {
        boolean elsewhere = ELSEWHERE.contains(activity.type().substring(0, activity.type().indexOf('.')));
        return new ActivityRepresentation(
                activity.id().toString(),
                elsewhere ? null : activity.within().toString(),
                activity.actorId().map(UUID::toString).orElse(null),
                activity.type(),
                activity.subject(),
                new TreeMap<>(activity.detail()),
                Timestamps.text(activity.at()));
    }
}
