package dev.plinth.notifications;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.openapi.Answers;
import dev.plinth.functions.openapi.ClosedRoute;
import dev.plinth.functions.paging.Cursor;
import dev.plinth.functions.paging.PageSize;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The routes of subscriptions, with all that the API's description says of them. */
@Tag(name = "Studio: notifications")
interface SubscriptionRoutes {
    String NOTIFICATIONS = "/api/notifications";
    String SUBSCRIPTIONS = NOTIFICATIONS + "/subscriptions";
    String ONE = SUBSCRIPTIONS + "/{id}";
    String DELIVERIES = ONE + "/deliveries";

    @Post(NOTIFICATIONS + "/subscribe/email")
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.CREATED)
    @Operation(
            operationId = "subscribeEmail",
            summary = "Be told by e-mail when something ends",
            description = "A mail asks for a confirmation, by its link or by its token. A person has 20 subscriptions at"
                    + " most, and an address is one person's. To subscribe it again with the same filter changes"
                    + " nothing, and asks again unless it is confirmed; three times an hour at most.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = SubscribeEmailRequest.class)))
    @ClosedRoute
    @Answers.Usual
    @NotificationAnswers.Subscribing
    @NotificationAnswers.UnfitBody
    HttpResponse<SubscriptionRepresentation> subscribeEmail(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Post(NOTIFICATIONS + "/subscribe/sms")
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.CREATED)
    @Operation(
            operationId = "subscribeSms",
            summary = "Be told by SMS when something ends",
            description = "A text brings a code of six digits, good for ten minutes and five attempts. A number gets"
                    + " three such texts an hour at most, and a person has ten sent.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = SubscribeSmsRequest.class)))
    @ClosedRoute
    @Answers.Usual
    @NotificationAnswers.Subscribing
    @NotificationAnswers.UnfitBody
    HttpResponse<SubscriptionRepresentation> subscribeSms(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Post(NOTIFICATIONS + "/subscribe/webhook")
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.CREATED)
    @Operation(
            operationId = "subscribeWebhook",
            summary = "Be told by requests to a webhook when something ends",
            description = "A first request, of type webhook.confirmation, brings a token that confirms the subscription"
                    + " within 24 hours. Requests are signed as the Standard Webhooks specification says, with the"
                    + " secret that this answer alone shows. One that fails is repeated five times within 90 minutes."
                    + " After ten deliveries that failed in a row, or a 410, the subscription is DISABLED.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = SubscribeWebhookRequest.class)))
    @ClosedRoute
    @Answers.Usual
    @NotificationAnswers.Subscribing
    @NotificationAnswers.UnfitBody
    HttpResponse<SubscriptionRepresentation> subscribeWebhook(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Post(NOTIFICATIONS + "/confirm")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "confirmSubscription",
            summary = "Confirm a subscription",
            description = "By what was sent to its address. One that is confirmed stays so, whatever is sent.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ConfirmRequest.class)))
    @ApiResponse(responseCode = "200", description = "The subscription, which is told from now on",
            content = @Content(mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = SubscriptionRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    @Answers.Refusing
    @NotificationAnswers.UnfitBody
    HttpResponse<SubscriptionRepresentation> confirm(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Post(NOTIFICATIONS + "/unsubscribe")
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "unsubscribe",
            summary = "End a subscription",
            description = "One that has ended stays so, for as long as that is remembered: seven days.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = UnsubscribeRequest.class)))
    @ApiResponse(responseCode = "204", description = "The subscription has ended")
    @ClosedRoute
    @Answers.Usual
    @NotificationAnswers.UnfitBody
    HttpResponse<Void> unsubscribe(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Get(SUBSCRIPTIONS)
    @Operation(
            operationId = "listSubscriptions",
            summary = "List one's subscriptions",
            parameters = {
                @Parameter(in = ParameterIn.QUERY, name = PageSize.PARAMETER, description = Answers.LIMIT_USE,
                        schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20")),
                @Parameter(in = ParameterIn.QUERY, name = Cursor.PARAMETER, description = Answers.CURSOR_USE,
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(responseCode = "200", description = "A page",
            headers = @Header(name = Answers.LINK, description = Answers.LINK_USE, schema = @Schema(type = "string")),
            content = @Content(mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = SubscriptionPage.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<SubscriptionPage> list(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Get(ONE)
    @Operation(
            operationId = "getSubscription",
            summary = "Read a subscription of one's own",
            description = "Projects that the caller may read no more are taken out of it.")
    @ApiResponse(responseCode = "200", description = "The subscription, or that it has ended",
            content = @Content(mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = SubscriptionRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<SubscriptionRepresentation> find(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The subscription's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id);

    @Get(DELIVERIES)
    @Operation(
            operationId = "listDeliveries",
            summary = "List the deliveries to a webhook",
            description = "None for e-mail and SMS, which SNS delivers.",
            parameters = {
                @Parameter(in = ParameterIn.QUERY, name = PageSize.PARAMETER, description = Answers.LIMIT_USE,
                        schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20")),
                @Parameter(in = ParameterIn.QUERY, name = Cursor.PARAMETER, description = Answers.CURSOR_USE,
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(responseCode = "200", description = "A page",
            headers = @Header(name = Answers.LINK, description = Answers.LINK_USE, schema = @Schema(type = "string")),
            content = @Content(mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = DeliveryPage.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<DeliveryPage> deliveries(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The subscription's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<?> request);
}
