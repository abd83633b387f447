package dev.plinth.todos;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.idempotency.IdempotencyKey;
import dev.plinth.functions.openapi.ClosedRoute;
import dev.plinth.functions.paging.Cursor;
import dev.plinth.functions.paging.PageSize;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
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

/** The routes of todos, with all that the API's description says of them. */
@Tag(name = "Todos")
interface TodoRoutes {

    String TODOS = "/todos";
    String OF_USER = "/users/{id}" + TODOS;
    String ONE = TODOS + "/{id}";

    String ETAG = "ETag";
    String ETAG_USE = "Names this state of the todo; send it as If-Match";

    @Post(OF_USER)
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.CREATED)
    @Operation(
            operationId = "createTodo",
            summary = "Note something to do",
            description = "A user keeps 1000 todos at most, not counting archived ones. With an Idempotency-Key the"
                    + " request can be repeated for 24 hours: it creates one todo, and every repetition gets the first"
                    + " answer.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER,
                    name = IdempotencyKey.HEADER,
                    description = "A text that no other request of the user has, for example a UUID",
                    schema = @Schema(type = "string", pattern = "^[\\x21-\\x7E]{1,255}$")))
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = CreateTodoRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The todo as it was created, open",
            headers = {
                @Header(name = "Location", description = "The todo's path", schema = @Schema(type = "string")),
                @Header(name = ETAG, description = ETAG_USE, schema = @Schema(type = "string")),
                @Header(
                        name = IdempotencyKey.REPLAYED,
                        description = "Says that an earlier request with this key created the todo; otherwise absent",
                        schema = @Schema(type = "string", allowableValues = "true"))
            },
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = TodoRepresentation.class)))
    @ClosedRoute
    @TodoAnswers.Usual
    @TodoAnswers.Full
    @TodoAnswers.UnfitBody
    @TodoAnswers.KeyReused
    HttpResponse<TodoRepresentation> create(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The caller's own id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Get(OF_USER)
    @Operation(
            operationId = "listTodos",
            summary = "List one's todos",
            description = "Newest first, and with every write that has been answered. With status or due the list may"
                    + " lag behind the latest writes by about a second. Archived todos that have expired are not listed.",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = PageSize.PARAMETER,
                        description = "The most todos to return",
                        schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = Cursor.PARAMETER,
                        description = "nextCursor of the page before, which must have had the same filters",
                        schema = @Schema(type = "string")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = TodoListRequest.STATUS,
                        description = "Only todos in this status",
                        schema = @Schema(implementation = TodoStatus.class)),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = TodoListRequest.DUE,
                        description = "Only open todos that are due before this time, earliest first; without status",
                        schema = @Schema(type = "string", format = "date-time"))
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
                    schema = @Schema(implementation = TodoPageRepresentation.class)))
    @ClosedRoute
    @TodoAnswers.Usual
    HttpResponse<TodoPageRepresentation> list(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The caller's own id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Get(ONE)
    @Operation(
            operationId = "getTodo",
            summary = "Read a todo of one's own",
            parameters = @Parameter(
                    in = ParameterIn.HEADER,
                    name = EntityTags.IF_NONE_MATCH,
                    description = "ETags of states that the client has, or *",
                    schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "200",
            description = "The todo, as the latest write left it",
            headers = @Header(name = ETAG, description = ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = TodoRepresentation.class)))
    @ApiResponse(
            responseCode = "304",
            description = "The client has the latest state",
            headers = @Header(name = ETAG, description = ETAG_USE, schema = @Schema(type = "string")))
    @ClosedRoute
    @TodoAnswers.Usual
    HttpResponse<TodoRepresentation> find(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The todo's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Put(ONE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replaceTodo",
            summary = "Replace a todo of one's own, or take it to another status",
            description = "Every step between OPEN, DONE and ARCHIVED is allowed. An archived todo is kept for 30 days,"
                    + " to the end of the last one in UTC, and then removed; its expiresAt says when. To make it OPEN or"
                    + " DONE again before keeps it.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER,
                    name = EntityTags.IF_MATCH,
                    description = "ETags of the states that may be replaced, or *",
                    schema = @Schema(type = "string")))
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = ReplaceTodoRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The todo as it is now",
            headers = @Header(name = ETAG, description = ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = TodoRepresentation.class)))
    @ClosedRoute
    @TodoAnswers.Usual
    @TodoAnswers.Full
    @TodoAnswers.Stale
    @TodoAnswers.UnfitBody
    HttpResponse<TodoRepresentation> replace(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The todo's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Delete(ONE)
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "removeTodo",
            summary = "Remove a todo of one's own for good, whatever its status",
            parameters = @Parameter(
                    in = ParameterIn.HEADER,
                    name = EntityTags.IF_MATCH,
                    description = "ETags of the states that may be removed, or *",
                    schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "The todo is gone")
    @ClosedRoute
    @TodoAnswers.Usual
    @TodoAnswers.Stale
    HttpResponse<Void> remove(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The todo's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<?> request);
}
