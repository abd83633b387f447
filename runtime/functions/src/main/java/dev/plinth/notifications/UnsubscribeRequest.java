package dev.plinth.notifications;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** The body of a request to unsubscribe. */
@Serdeable
@Schema(name = "Unsubscription", description = "Which subscription to end")
record UnsubscribeRequest(@NotNull UUID subscriptionId) {
}
