package dev.plinth.notifications;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plinth.functions.time.Timestamps;
import dev.plinth.notices.Notice.Event;
import dev.plinth.notices.Notice.Outcome;
import dev.plinth.webhooks.Endpoint;
import dev.plinth.webhooks.EndpointKind;
import dev.plinth.webhooks.EndpointState;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** An integration as people see it. Its URL may hold a secret of whoever gave it, so of that only the host is shown. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Integration", description = "Where a project posts its notices to")
record IntegrationRepresentation(
        @NotNull @Schema(format = "uuid") String id,
        @NotNull @Schema(format = "uuid") String projectId,
        @NotNull String name,
        @NotNull EndpointKind kind,
        @NotNull @Schema(description = "The host of its URL; the rest is nobody's to see", example = "hooks.example.org")
        String host,
        @NotNull List<String> events,
        @NotNull List<Outcome> outcomes,
        @NotNull IntegrationStatus status,
        @NotNull @Schema(description = "How many deliveries have failed in a row; it is disabled at 10")
        int failedDeliveries,
        @Nullable @Schema(description = "What requests are signed with, when it is new; said this once") String secret,
        @NotNull @Schema(format = "date-time") String createdAt,
        @NotNull @Schema(format = "date-time") String updatedAt) {

    static IntegrationRepresentation of(Integration integration) {
        return of(integration, null);
    }

    /** Returns the representation with the secret, for a webhook; Slack's requests are not signed. */
    static IntegrationRepresentation withSecret(Integration integration) {
        return of(integration, integration.endpoint().kind() == EndpointKind.WEBHOOK
                ? integration.endpoint().secrets().current() : null);
    }

    private static IntegrationRepresentation of(Integration integration, @Nullable String secret) {
        Endpoint endpoint = integration.endpoint();
        return new IntegrationRepresentation(
                integration.id().toString(),
                integration.projectId().toString(),
                integration.name(),
                endpoint.kind(),
                endpoint.url().getHost(),
                endpoint.interest().events().stream().sorted().map(Event::type).toList(),
                endpoint.interest().outcomes().stream().sorted().toList(),
                endpoint.state() == EndpointState.ACTIVE ? IntegrationStatus.ACTIVE : IntegrationStatus.DISABLED,
                endpoint.failures(),
                secret,
                Timestamps.text(integration.createdAt()),
                Timestamps.text(integration.updatedAt()));
    }
}
