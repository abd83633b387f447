package dev.plinth.contents;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.openapi.Answers;
import dev.plinth.functions.openapi.ClosedRoute;
import dev.plinth.workspace.ProjectId;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
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

/** The routes of settings, with all that the API's description says of them. */
@Tag(name = "Studio: settings")
interface SettingRoutes {

    String ALL = "/api/projects/{id}/settings";
    String ONE = ALL + "/{name}";

    @Get(ALL)
    @Operation(
            operationId = "listSettings",
            summary = "List all settings of a project")
    @ApiResponse(
            responseCode = "200",
            description = "Every setting, chosen or usual",
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = SettingList.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<SettingList> list(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Get(ONE)
    @Operation(
            operationId = "getSetting",
            summary = "Read a setting of a project",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_NONE_MATCH,
                    description = Answers.IF_NONE_MATCH_USE,
                    schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "200",
            description = "The setting",
            headers = @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = SettingRepresentation.class)))
    @Answers.Cached
    @ClosedRoute
    @Answers.Usual
    HttpResponse<SettingRepresentation> find(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(description = "The setting's name, for example java-package", schema = @Schema(type = "string"))
            @PathVariable String name,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Put(ONE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "chooseSetting",
            summary = "Choose a setting of a project",
            description = "What is generated from then on follows it.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_MATCH,
                    description = Answers.IF_MATCH_USE,
                    schema = @Schema(type = "string")))
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = SettingRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The setting as it is now",
            headers = @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = SettingRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    @Answers.Conditional
    @Answers.UnfitBody
    HttpResponse<SettingRepresentation> choose(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(description = "The setting's name, for example java-package", schema = @Schema(type = "string"))
            @PathVariable String name,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Delete(ONE)
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "resetSetting",
            summary = "Make a setting of a project as usual again",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_MATCH,
                    description = Answers.IF_MATCH_USE,
                    schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "The setting is as usual")
    @ClosedRoute
    @Answers.Usual
    @Answers.Conditional
    HttpResponse<Void> reset(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(description = "The setting's name, for example java-package", schema = @Schema(type = "string"))
            @PathVariable String name,
            @Parameter(hidden = true) HttpRequest<?> request);
}
