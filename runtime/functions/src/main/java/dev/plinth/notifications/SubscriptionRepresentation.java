package dev.plinth.notifications;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plinth.functions.time.TimeOrderedIds;
import dev.plinth.functions.time.Timestamps;
import dev.plinth.notices.Notice.Event;
import dev.plinth.notices.Notice.Outcome;
import dev.plinth.notifications.SubscriptionService.Subscribed;
import dev.plinth.webhooks.Secrets;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;

/** A subscription as its owner sees it. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Subscription", description = "What somebody is told of, and where")
record SubscriptionRepresentation(
        @NotNull @Schema(format = "uuid") String id,
        @NotNull Protocol protocol,
        @Nullable @Schema(description = "An e-mail address, a phone number or a URL; absent once it has ended")
        String address,
        @Nullable @Schema(description = "Absent once it has ended") List<String> projects,
        @Nullable @Schema(description = "Absent once it has ended") List<String> events,
        @Nullable @Schema(description = "Absent once it has ended") List<Outcome> outcomes,
        @NotNull SubscriptionStatus status,
        @Nullable @Schema(format = "date-time", description = "Until when it can be confirmed; absent for e-mail, which"
                + " SNS gives 48 hours")
        String confirmBy,
        @Nullable @Schema(description = "How many deliveries to the webhook have failed in a row") Integer failedDeliveries,
        @Nullable @Schema(description = "Why it has ended") Ended.Reason endReason,
        @Nullable @Schema(description = "What requests to the webhook are signed with; said this once")
        String secret,
        @NotNull @Schema(format = "date-time") String createdAt) {

    static SubscriptionRepresentation of(Subscribed subscribed) {
        return of(subscribed.subscription(), subscribed.secret().map(Secrets::current).orElse(null));
    }

    static SubscriptionRepresentation of(Subscription subscription) {
        return of(subscription, null);
    }

    static SubscriptionRepresentation of(Ended ended) {
        return new SubscriptionRepresentation(ended.id().toString(), ended.protocol(), null, null, null, null,
                SubscriptionStatus.ENDED, null, null, ended.reason(), null,
                Timestamps.text(TimeOrderedIds.createdAt(ended.id())));
    }

    private static SubscriptionRepresentation of(Subscription subscription, @Nullable String secret) {
        return new SubscriptionRepresentation(
                subscription.id().toString(),
                subscription.protocol(),
                subscription.address(),
                subscription.interest().projects().stream().map(UUID::toString).sorted().toList(),
                subscription.interest().events().stream().sorted().map(Event::type).toList(),
                subscription.interest().outcomes().stream().sorted().toList(),
                SubscriptionStatus.valueOf(subscription.state().name()),
                subscription.confirmBy().map(Timestamps::text).orElse(null),
                subscription.protocol() == Protocol.WEBHOOK ? subscription.failures() : null,
                null,
                secret,
                Timestamps.text(subscription.createdAt()));
    }
}
