package dev.plinth.notifications;

import dev.plinth.functions.json.OneLine;
import dev.plinth.notices.Notice.Outcome;
import dev.plinth.webhooks.EndpointKind;
import dev.plinth.webhooks.Interest;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;

/** The body of a request to add an integration. */
@Serdeable
@Schema(name = "NewIntegration", description = "Where a project shall post its notices to")
record CreateIntegrationRequest(
        @NotNull @OneLine @Rules.Name @Schema(example = "Build channel") String name,
        @NotNull EndpointKind kind,
        @NotNull @Rules.Url
        @Schema(description = "For Slack, that of an incoming webhook", format = "uri",
                example = "https://hooks.example.org/plinth")
        String url,
        @Nullable @Rules.Events @ArraySchema(schema = @Schema(allowableValues = {
            "generation.ended", "deployment.ended", "deployment.deleted"}),
            arraySchema = @Schema(description = "Of which events; of all when it is left out"))
        List<String> events,
        @Nullable @Rules.Outcomes @Schema(description = "Of which outcomes; of both when it is left out")
        List<Outcome> outcomes) {

    Interest interest(UUID project) {
        return InterestReading.of(List.of(project), events, outcomes);
    }

    /** Without the URL, so that a log cannot have it. */
    @Override
    public String toString() {
        return "CreateIntegrationRequest";
    }
}
