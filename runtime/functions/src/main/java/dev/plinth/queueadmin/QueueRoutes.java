package dev.plinth.queueadmin;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.openapi.ClosedRoute;
import dev.plinth.functions.paging.PageSize;
import dev.plinth.functions.problem.Problem;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The routes of the queues, with all that the API's description says of them. */
@Tag(name = "Queues")
interface QueueRoutes {
    String QUEUES = "/api/admin/queues";
    String ONE = QUEUES + "/{name}";
    String DEAD_LETTERS = ONE + "/dead-letters";

    @Get(QUEUES)
    @Operation(
            operationId = "listQueues",
            summary = "Show every queue",
            description = "For operators. Depths are as SQS has them now, ages as CloudWatch last measured them.")
    @ApiResponse(responseCode = "200", description = "The queues", content = @Content(
            mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = QueueListRepresentation.class)))
    @ClosedRoute
    @QueueAnswers.Usual
    HttpResponse<QueueListRepresentation> list();

    @Get(ONE)
    @Operation(operationId = "getQueue", summary = "Show a queue", description = "For operators.")
    @ApiResponse(responseCode = "200", description = "The queue", content = @Content(
            mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = QueueRepresentation.class)))
    @ClosedRoute
    @QueueAnswers.Usual
    @QueueAnswers.Unknown
    HttpResponse<QueueRepresentation> find(
            @Parameter(description = "The queue's name, as in the list") @PathVariable String name);

    @Get(DEAD_LETTERS)
    @Operation(
            operationId = "listDeadLetters",
            summary = "Read dead letters",
            description = "For operators. Takes none away, in no particular order. While the list is made, which takes"
                    + " up to a few seconds, nobody else sees what it holds; if its process dies, for half a minute.",
            parameters = @Parameter(
                    in = ParameterIn.QUERY,
                    name = PageSize.PARAMETER,
                    description = "The most dead letters to return",
                    schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20")))
    @ApiResponse(responseCode = "200", description = "Dead letters", content = @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = DeadLetterListRepresentation.class)))
    @ApiResponse(responseCode = "400", description = "The query breaks a rule; errors says which", content = @Content(
            mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ClosedRoute
    @QueueAnswers.Usual
    @QueueAnswers.Unknown
    HttpResponse<DeadLetterListRepresentation> deadLetters(
            @Parameter(description = "The queue's name, as in the list") @PathVariable String name,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Delete(DEAD_LETTERS + "/{id}")
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteDeadLetter",
            summary = "Delete a dead letter for good",
            description = "For operators. Looks for it among the first 500.")
    @ApiResponse(responseCode = "204", description = "It is gone")
    @ClosedRoute
    @QueueAnswers.Usual
    @QueueAnswers.Unknown
    HttpResponse<Void> delete(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The queue's name, as in the list") @PathVariable String name,
            @Parameter(description = "The dead letter's id") @PathVariable String id);

    @Post(ONE + "/redrive")
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "redriveDeadLetters",
            summary = "Send dead letters back to their queue",
            description = "For operators. One by its id is in its queue again when this is answered. All of them are"
                    + " moved by SQS afterwards, and the queue shows how far that is. None is lost; one can come"
                    + " twice, which every worker expects. Whatever is sent back has another id there.")
    @RequestBody(required = true, content = @Content(
            mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = RedriveRequest.class)))
    @ApiResponse(responseCode = "202", description = "Sent, or being sent")
    @ApiResponse(responseCode = "400", description = "The body breaks a rule; errors says which", content = @Content(
            mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "409", description = "All dead letters of the queue are being sent back already",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "413", description = "The body is larger than 64 KiB",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "415", description = "The body is not declared as JSON",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ClosedRoute
    @QueueAnswers.Usual
    @QueueAnswers.Unknown
    HttpResponse<Void> redrive(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The queue's name, as in the list") @PathVariable String name,
            @Parameter(hidden = true) HttpRequest<byte[]> request);
}
