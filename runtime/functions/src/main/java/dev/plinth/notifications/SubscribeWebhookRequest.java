package dev.plinth.notifications;

import dev.plinth.notices.Notice.Outcome;
import dev.plinth.webhooks.Interest;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;

/** The body of a request to subscribe a webhook. */
@Serdeable
@Schema(name = "WebhookSubscription", description = "Where to post, and of what")
record SubscribeWebhookRequest(
        @NotNull @Rules.Url @Schema(format = "uri", example = "https://hooks.example.org/plinth") String url,
        @NotNull @Rules.Projects @Schema(description = "Of which projects; each must be one that the caller may see")
        List<UUID> projects,
        @Nullable @Rules.Events @ArraySchema(schema = @Schema(allowableValues = {
            "generation.ended", "deployment.ended", "deployment.deleted"}),
            arraySchema = @Schema(description = "Of which events; of all when it is left out"))
        List<String> events,
        @Nullable @Rules.Outcomes @Schema(description = "Of which outcomes; of both when it is left out")
        List<Outcome> outcomes) {

    Interest interest() {
        return InterestReading.of(projects, events, outcomes);
    }

    /** Without the address, so that a log cannot have it. */
    @Override
    public String toString() {
        return "SubscribeWebhookRequest";
    }
}
