package dev.plinth.identity;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.openapi.OpenRoute;
import dev.plinth.functions.problem.Problem;
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

/** The routes of users, with all that the API's description says of them. */
@Tag(name = "Users")
interface UserRoutes {
    String PATH = "/users";
    String MERGE_PATCH = "application/merge-patch+json";

    String ETAG = "ETag";
    String ETAG_USE = "Names this state of the user; send it as If-Match";
    String IF_MATCH_USE = "ETags of the states that may be changed, or *";

    @Post
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.CREATED)
    @Operation(
            operationId = "createUser",
            summary = "Sign up",
            description = "A code is mailed to the address. The user can sign in after it has come back.")
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = CreateUserRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The user as they were created",
            headers = {
                @Header(name = "Location", description = "The user's path", schema = @Schema(type = "string")),
                @Header(name = ETAG, description = ETAG_USE, schema = @Schema(type = "string"))
            },
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = UserRepresentation.class)))
    @ApiResponse(
            responseCode = "409",
            description = "Somebody has the e-mail address",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @UserAnswers.Usual
    @UserAnswers.UnfitBody
    @OpenRoute
    HttpResponse<UserRepresentation> create(@Parameter(hidden = true) HttpRequest<byte[]> request);

    @Get("/{id}")
    @Operation(
            operationId = "getUser",
            summary = "Read a user",
            description = "Users read themselves, operators everybody.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER,
                    name = EntityTags.IF_NONE_MATCH,
                    description = "ETags of states that the client has, or *",
                    schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "200",
            description = "The user, as the latest write left them",
            headers = @Header(name = ETAG, description = ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = UserRepresentation.class)))
    @ApiResponse(
            responseCode = "304",
            description = "The client has the latest state",
            headers = @Header(name = ETAG, description = ETAG_USE, schema = @Schema(type = "string")))
    @UserAnswers.Usual
    @UserAnswers.OfOneUser
    HttpResponse<UserRepresentation> find(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The user's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Patch("/{id}")
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "changeUser",
            summary = "Change one's name or password",
            description = "Another password ends the user's other sessions.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER,
                    name = EntityTags.IF_MATCH,
                    description = IF_MATCH_USE,
                    schema = @Schema(type = "string")))
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = MERGE_PATCH, schema = @Schema(implementation = ChangeUserRequest.class)),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ChangeUserRequest.class))
            })
    @ApiResponse(
            responseCode = "200",
            description = "The user as they are now",
            headers = @Header(name = ETAG, description = ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = UserRepresentation.class)))
    @UserAnswers.Usual
    @UserAnswers.OfOneUser
    @UserAnswers.Forbidden
    @UserAnswers.Stale
    @UserAnswers.UnfitBody
    HttpResponse<UserRepresentation> change(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The user's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Delete("/{id}")
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "removeUser",
            summary = "Remove a user for good",
            description = "Users remove themselves, operators anybody. The sessions end at once; what other services"
                    + " keep of the user goes within minutes.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER,
                    name = EntityTags.IF_MATCH,
                    description = "ETags of the states that may be removed, or *",
                    schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "The user is gone")
    @UserAnswers.Usual
    @UserAnswers.OfOneUser
    @UserAnswers.Stale
    HttpResponse<Void> remove(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The user's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Put("/{id}/role")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "giveRole",
            summary = "Give a user a role",
            description = "For operators, who cannot take the role from themselves. Another role ends the sessions of"
                    + " the user, as their access tokens hold the old one.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER,
                    name = EntityTags.IF_MATCH,
                    description = IF_MATCH_USE,
                    schema = @Schema(type = "string")))
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = GiveRoleRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The user as they are now",
            headers = @Header(name = ETAG, description = ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = UserRepresentation.class)))
    @ApiResponse(
            responseCode = "409",
            description = "Operators cannot take the role from themselves",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @UserAnswers.Usual
    @UserAnswers.OfOneUser
    @UserAnswers.Forbidden
    @UserAnswers.Stale
    @UserAnswers.UnfitBody
    HttpResponse<UserRepresentation> giveRole(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The user's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<byte[]> request);
}
