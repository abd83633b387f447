package dev.plinth.profiles;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.openapi.Answers;
import dev.plinth.functions.openapi.ClosedRoute;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The routes of profiles, with all that the API's description says of them. */
@Tag(name = "Studio: profile")
interface ProfileRoutes {

    String PROFILE = "/api/profile";

    @Get(PROFILE)
    @Operation(
            operationId = "getProfile",
            summary = "Read one's own profile, and what one uses of the quotas",
            description = "Whoever has said nothing of themselves yet has a profile as well.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_NONE_MATCH,
                    description = Answers.IF_NONE_MATCH_USE,
                    schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "200",
            description = "The profile",
            headers = @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = ProfileRepresentation.class)))
    @Answers.Cached
    @ClosedRoute
    @Answers.Usual
    HttpResponse<ProfileRepresentation> find(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Put(PROFILE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replaceProfile",
            summary = "Replace what one's own profile says",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_MATCH,
                    description = Answers.IF_MATCH_USE,
                    schema = @Schema(type = "string")))
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = ProfileRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The profile as it is now",
            headers = @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = ProfileRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    @Answers.Conditional
    @Answers.UnfitBody
    HttpResponse<ProfileRepresentation> replace(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<byte[]> request);
}
