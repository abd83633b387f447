package dev.plinth.generation;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.idempotency.IdempotencyKey;
import dev.plinth.functions.openapi.Answers;
import dev.plinth.functions.openapi.ClosedRoute;
import dev.plinth.functions.paging.Cursor;
import dev.plinth.functions.paging.PageSize;
import dev.plinth.functions.problem.Problem;
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

/** The routes of code generations, with all that the API's description says of them. */
@Tag(name = "Code generation")
interface GenerationRoutes {

    String ALL = "/api/code-gen";
    String ONE = ALL + "/{id}";
    String DOWNLOAD = ONE + "/download-url";

    String PROJECT = "project";
    String OBJECT = "object";

    @Post(ALL)
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "generateCode",
            summary = "Have code generated",
            description = "A worker generates it from the schema, the architecture and the project's settings as they"
                    + " are now; read the generation to learn how it goes. With an Idempotency-Key the request can be"
                    + " repeated for 24 hours: it orders one generation.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER,
                    name = IdempotencyKey.HEADER,
                    description = "A text that no other request of the user has, for example a UUID",
                    schema = @Schema(type = "string", pattern = "^[\\x21-\\x7E]{1,255}$")))
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = CreateGenerationRequest.class)))
    @ApiResponse(
            responseCode = "202",
            description = "The generation, which a worker will take on",
            headers = {
                @Header(name = "Location", description = "The generation's path", schema = @Schema(type = "string")),
                @Header(
                        name = IdempotencyKey.REPLAYED,
                        description = "Says that an earlier request with this key ordered it; otherwise absent",
                        schema = @Schema(type = "string", allowableValues = "true"))
            },
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = GenerationRepresentation.class)))
    @ApiResponse(
            responseCode = "422",
            description = "The Idempotency-Key has ordered a generation by another body",
            content = @Content(
                    mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ClosedRoute
    @Answers.Usual
    @Answers.UnfitBody
    HttpResponse<GenerationRepresentation> create(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Get(ALL)
    @Operation(
            operationId = "listCodeGenerations",
            summary = "List a project's code generations, newest first",
            description = "The list may lag behind the latest writes by about a second.",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY, name = PROJECT, required = true,
                        description = "The project's id",
                        schema = @Schema(type = "string", format = "uuid")),
                @Parameter(
                        in = ParameterIn.QUERY, name = PageSize.PARAMETER,
                        description = Answers.LIMIT_USE,
                        schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20")),
                @Parameter(
                        in = ParameterIn.QUERY, name = Cursor.PARAMETER,
                        description = Answers.CURSOR_USE,
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(
            responseCode = "200",
            description = "A page",
            headers = @Header(name = Answers.LINK, description = Answers.LINK_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = GenerationPage.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<GenerationPage> list(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Get(ONE)
    @Operation(operationId = "getCodeGeneration", summary = "Read a code generation")
    @ApiResponse(
            responseCode = "200",
            description = "The generation, as the latest write left it",
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = GenerationRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<GenerationRepresentation> find(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The generation's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id);

    @Get(DOWNLOAD)
    @Operation(
            operationId = "getDownloadUrl",
            summary = "Get a URL of what was generated",
            description = "The URL names one object and works for five minutes, without an access token.",
            parameters = @Parameter(
                    in = ParameterIn.QUERY, name = OBJECT,
                    description = "What to download",
                    schema = @Schema(type = "string", allowableValues = {"archive", "diagram"},
                            defaultValue = "archive")))
    @ApiResponse(
            responseCode = "200",
            description = "The URL, and until when it works",
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = DownloadRepresentation.class)))
    @ApiResponse(
            responseCode = "409",
            description = "The generation has not succeeded",
            content = @Content(
                    mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<DownloadRepresentation> download(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The generation's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<?> request);
}
