package dev.plinth.notifications;

import dev.plinth.functions.json.OneLine;
import dev.plinth.notices.Notice.Outcome;
import dev.plinth.webhooks.Interest;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;

/** The body of a request to replace an integration. */
@Serdeable
@Schema(name = "IntegrationBody", description = "What an integration shall be. Fields that only the server sets are"
        + " ignored.")
record ReplaceIntegrationRequest(
        @NotNull @OneLine @Rules.Name @Schema(example = "Build channel") String name,
        @Nullable @Rules.Url
        @Schema(description = "Left out, it keeps the one it has, which nobody is shown", format = "uri")
        String url,
        @Nullable @Rules.Events @ArraySchema(schema = @Schema(allowableValues = {
            "generation.ended", "deployment.ended", "deployment.deleted"}),
            arraySchema = @Schema(description = "Of which events; of all when it is left out"))
        List<String> events,
        @Nullable @Rules.Outcomes @Schema(description = "Of which outcomes; of both when it is left out")
        List<Outcome> outcomes,
        @Nullable @Schema(description = "Whether it is told of anything", defaultValue = "true") Boolean enabled,
        @Nullable
        @Schema(description = "Whether it gets another secret; the one before signs as well for 24 hours",
                defaultValue = "false")
        Boolean rotateSecret) {

    Interest interest(UUID project) {
        return InterestReading.of(List.of(project), events, outcomes);
    }

    boolean isEnabled() {
        return enabled == null || enabled;
    }

    boolean isRotated() {
        return rotateSecret != null && rotateSecret;
    }

    /** Without the URL, so that a log cannot have it. */
    @Override
    public String toString() {
        return "ReplaceIntegrationRequest";
    }
}
