package dev.plinth.orders;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.health.Health;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.idempotency.IdempotencyKey;
import dev.plinth.functions.openapi.OpenRoute;
import dev.plinth.functions.paging.Cursor;
import dev.plinth.functions.paging.PageSize;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
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

/** The routes of the orders service, with all that the API's description says of them. */
@Tag(name = "Orders")
interface OrderRoutes {

    String PATH = "/orders";
    String MERGE_PATCH = "application/merge-patch+json";

    String ETAG = "ETag";
    String ETAG_USE = "Names this state of the order; send it as If-Match";

    @Post
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.CREATED)
    @Operation(
            operationId = "createOrder",
            summary = "Create an order",
            description = "With an Idempotency-Key the request can be repeated for 24 hours: it creates one order, and"
                    + " every repetition gets the first answer.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER,
                    name = IdempotencyKey.HEADER,
                    description = "A text that no other request has, for example a UUID",
                    schema = @Schema(type = "string", pattern = "^[\\x21-\\x7E]{1,255}$")))
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = CreateOrderRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The order as it was created",
            headers = {
                @Header(name = "Location", description = "The order's path", schema = @Schema(type = "string")),
                @Header(name = ETAG, description = ETAG_USE, schema = @Schema(type = "string")),
                @Header(
                        name = IdempotencyKey.REPLAYED,
                        description = "Says that an earlier request with this key created the order; otherwise absent",
                        schema = @Schema(type = "string", allowableValues = "true"))
            },
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = OrderRepresentation.class)))
    @Answers.Usual
    @Answers.UnfitBody
    @Answers.KeyReused
    HttpResponse<OrderRepresentation> create(
            @Parameter(hidden = true) Caller caller, @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Get
    @Operation(
            operationId = "listOrders",
            summary = "List orders, newest first",
            description = "Staff see all orders, everybody else their own. Orders that are created while a list is"
                    + " read do not disturb it. A list may lag behind the"
                    + " latest writes by about a second.",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = PageSize.PARAMETER,
                        description = "The most orders to return",
                        schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = Cursor.PARAMETER,
                        description = "nextCursor of the page before, which must have had the same filters",
                        schema = @Schema(type = "string")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = ListRequest.STATUS,
                        description = "Only orders in this status",
                        schema = @Schema(implementation = OrderStatus.class)),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = ListRequest.CUSTOMER_EMAIL,
                        description = "Only orders with this customer's address; upper and lower case are the same",
                        schema = @Schema(type = "string", format = "email"))
            })
    @ApiResponse(
            responseCode = "200",
            description = "A page",
            headers = @Header(
                    name = "Link",
                    description = "The next page as rel=\"next\"; absent on the last one",
                    schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = OrderPageRepresentation.class)))
    @Answers.Usual
    HttpResponse<OrderPageRepresentation> list(
            @Parameter(hidden = true) Caller caller, @Parameter(hidden = true) HttpRequest<?> request);

    @Get("/{id}")
    @Operation(
            operationId = "getOrder",
            summary = "Read an order",
            parameters = @Parameter(
                    in = ParameterIn.HEADER,
                    name = EntityTags.IF_NONE_MATCH,
                    description = "ETags of states that the client has, or *",
                    schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "200",
            description = "The order, as the latest write left it",
            headers = @Header(name = ETAG, description = ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = OrderRepresentation.class)))
    @ApiResponse(
            responseCode = "304",
            description = "The client has the latest state",
            headers = @Header(name = ETAG, description = ETAG_USE, schema = @Schema(type = "string")))
    @Answers.Usual
    @Answers.Unknown
    HttpResponse<OrderRepresentation> find(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The order's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Patch("/{id}")
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "changeOrder",
            summary = "Change an order, or take it to its next status",
            description = "Customers may only make an order CANCELLED; the other steps are for staff."
                    + " PENDING can become CONFIRMED or CANCELLED, CONFIRMED can become SHIPPED or CANCELLED,"
                    + " SHIPPED can become DELIVERED. Everything else can change while the order is PENDING or"
                    + " CONFIRMED.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER,
                    name = EntityTags.IF_MATCH,
                    description = "ETags of the states that may be changed, or *",
                    schema = @Schema(type = "string")))
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = MERGE_PATCH, schema = @Schema(implementation = ChangeOrderRequest.class)),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ChangeOrderRequest.class))
            })
    @ApiResponse(
            responseCode = "200",
            description = "The order as it is now",
            headers = @Header(name = ETAG, description = ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = OrderRepresentation.class)))
    @Answers.Usual
    @Answers.Unknown
    @Answers.Closed
    @Answers.NotYours
    @Answers.Stale
    @Answers.UnfitBody
    HttpResponse<OrderRepresentation> change(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The order's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Delete("/{id}")
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "removeOrder",
            summary = "Remove an order for good, whatever its status",
            description = "This is not a step of the order's life; to call an order off, make it CANCELLED.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER,
                    name = EntityTags.IF_MATCH,
                    description = "ETags of the states that may be removed, or *",
                    schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "The order is gone")
    @Answers.Usual
    @Answers.Unknown
    @Answers.Stale
    HttpResponse<Void> remove(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The order's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Get("/health/check")
    @Operation(operationId = "checkOrdersHealth", summary = "Tell whether the service and its table answer")
    @ApiResponse(
            responseCode = "200",
            description = "Everything answers",
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = Health.Report.class)))
    @ApiResponse(
            responseCode = "503",
            description = "Something does not answer",
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = Health.Report.class)))
    @OpenRoute
    HttpResponse<Health.Report> health();
}
