package dev.plinth.notifications;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plinth.functions.time.Timestamps;
import dev.plinth.webhooks.Delivery;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** A delivery to a webhook as its owner sees it. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Delivery", description = "A notice on its way to a webhook")
record DeliveryRepresentation(
        @NotNull @Schema(format = "uuid") String id,
        @NotNull @Schema(description = "What the receiver knows it by: the header webhook-id") String noticeId,
        @NotNull @Schema(example = "generation.ended") String type,
        @NotNull Delivery.Status status,
        @NotNull @Schema(description = "How many attempts have been made") int attempts,
        @Nullable @Schema(description = "What the last attempt came to: a status of HTTP, or why there was none",
                example = "204")
        String result,
        @Nullable @Schema(format = "date-time", description = "Present while there is another attempt to come")
        String nextAttemptAt,
        @NotNull @Schema(format = "date-time") String createdAt) {

    static DeliveryRepresentation of(Delivery delivery) {
        return new DeliveryRepresentation(
                delivery.id().toString(),
                delivery.noticeId(),
                delivery.type(),
                delivery.status(),
                delivery.attempts(),
                delivery.result().orElse(null),
                delivery.nextAttemptAt().map(Timestamps::text).orElse(null),
                Timestamps.text(delivery.createdAt()));
    }
}
