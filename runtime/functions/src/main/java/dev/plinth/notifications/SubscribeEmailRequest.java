package dev.plinth.notifications;

import dev.plinth.notices.Notice.Outcome;
import dev.plinth.webhooks.Interest;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The body of a request to subscribe an e-mail address. */
@Serdeable
@Schema(name = "EmailSubscription", description = "Where to mail, and of what")
record SubscribeEmailRequest(
        @NotNull @Rules.Email @Schema(format = "email", example = "ada@example.org") String email,
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

    /** Returns the address with its domain in small letters, so that one address has one spelling. */
    String address() {
        int at = email.lastIndexOf('@');
        return email.substring(0, at) + email.substring(at).toLowerCase(Locale.ROOT);
    }

    /** Without the address, so that a log cannot have it. */
    @Override
    public String toString() {
        return "SubscribeEmailRequest";
    }
}
