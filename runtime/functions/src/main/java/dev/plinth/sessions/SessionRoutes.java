package dev.plinth.sessions;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.caller.Client;
import dev.plinth.functions.openapi.OpenRoute;
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
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The routes of sessions, with all that the API's description says of them. */
@Tag(name = "Sessions")
interface SessionRoutes {
    String PATH = "/sessions";
    String EXCEPT = "except";
    String CURRENT = "current";

    @Post
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.CREATED)
    @Operation(
            operationId = "signIn",
            summary = "Sign in",
            description = "Begins a session. A user has 20 at most: another one ends the one that was unused for"
                    + " longest.")
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = SignInRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The session with its tokens",
            headers = @Header(name = "Location", description = "The session's path", schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = SignedInRepresentation.class)))
    @ApiResponse(
            responseCode = "401",
            description = "The address or the password is wrong",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "403",
            description = "Both are right, but the address is not verified yet",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @SessionAnswers.Usual
    @SessionAnswers.UnfitBody
    @SessionAnswers.TooMany
    HttpResponse<SignedInRepresentation> signIn(
            @Parameter(hidden = true) Client client, @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Post("/refresh")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "refreshSession",
            summary = "Get new tokens",
            description = "A refresh token is good for one refresh. One that was used before ends the session, as"
                    + " somebody else may have it.")
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = RefreshRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The session with its new tokens",
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = SignedInRepresentation.class)))
    @ApiResponse(
            responseCode = "401",
            description = "The token does not hold, or its session has ended",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @SessionAnswers.Usual
    @SessionAnswers.UnfitBody
    @OpenRoute
    HttpResponse<SignedInRepresentation> refresh(@Parameter(hidden = true) HttpRequest<byte[]> request);

    @Get
    @Operation(operationId = "listSessions", summary = "List one's own sessions, newest first")
    @ApiResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = SessionListRepresentation.class)))
    @SessionAnswers.Usual
    @SessionAnswers.SignedIn
    HttpResponse<SessionListRepresentation> list(@Parameter(hidden = true) Caller caller);

    @Get("/{id}")
    @Operation(operationId = "getSession", summary = "Read one of one's own sessions")
    @ApiResponse(
            responseCode = "200",
            description = "The session",
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = SessionRepresentation.class)))
    @SessionAnswers.Usual
    @SessionAnswers.SignedIn
    @SessionAnswers.Unknown
    HttpResponse<SessionRepresentation> find(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The session's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id);

    @Delete("/{id}")
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "endSession",
            summary = "End one of one's own sessions",
            description = "Its access tokens are refused by this service at once, and by the others within 10 seconds.")
    @ApiResponse(responseCode = "204", description = "The session has ended")
    @SessionAnswers.Usual
    @SessionAnswers.SignedIn
    @SessionAnswers.Unknown
    HttpResponse<Void> end(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The session's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id);

    @Delete
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "endSessions",
            summary = "End one's own sessions",
            parameters = @Parameter(
                    in = ParameterIn.QUERY,
                    name = EXCEPT,
                    description = "Keeps the session by which the request comes",
                    schema = @Schema(type = "string", allowableValues = CURRENT)))
    @ApiResponse(responseCode = "204", description = "The sessions have ended")
    @SessionAnswers.Usual
    @SessionAnswers.SignedIn
    HttpResponse<Void> endAll(
            @Parameter(hidden = true) Caller caller, @Parameter(hidden = true) HttpRequest<?> request);
}
