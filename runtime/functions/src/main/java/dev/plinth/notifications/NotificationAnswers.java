package dev.plinth.notifications;

import dev.plinth.functions.problem.Problem;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Inherited;

/** Describes the answers that several routes of notifications give, once for all of them. */
final class NotificationAnswers {
    private static final String PROBLEM = Problem.MEDIA_TYPE;

    private NotificationAnswers() {
    }

    /** What a route that takes a body can answer to it before it is read. */
    @Inherited
    @ApiResponse(responseCode = "413", description = "The body is larger than 64 KiB",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "415", description = "The body is not declared as JSON",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface UnfitBody {
    }

    /** What a route that subscribes an address answers. */
    @Inherited
    @ApiResponse(responseCode = "200", description = "The subscription that the caller had before, with the same filter",
            content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = SubscriptionRepresentation.class)))
    @ApiResponse(responseCode = "201", description = "The new subscription, to be confirmed",
            headers = @Header(name = "Location", description = "The path of the new one",
                    schema = @Schema(type = "string")),
            content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = SubscriptionRepresentation.class)))
    @ApiResponse(responseCode = "409", description = "The address is subscribed with another filter or by somebody else,"
            + " or the caller has 20 subscriptions, which is the most",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface Subscribing {
    }
}
