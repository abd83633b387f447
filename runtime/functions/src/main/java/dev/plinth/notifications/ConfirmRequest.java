package dev.plinth.notifications;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** The body of a request to confirm a subscription. */
@Serdeable
@Schema(name = "Confirmation", description = "What was sent to the address of a subscription")
record ConfirmRequest(
        @NotNull UUID subscriptionId,
        @NotNull @Rules.Token
        @Schema(description = "The token of the mail's link, the code of the text, or the token of the request",
                example = "123456")
        String token) {

    /** Without the token, so that a log cannot have it. */
    @Override
    public String toString() {
        return "ConfirmRequest";
    }
}
