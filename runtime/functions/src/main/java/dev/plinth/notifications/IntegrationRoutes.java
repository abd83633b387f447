package dev.plinth.notifications;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.openapi.Answers;
import dev.plinth.functions.openapi.ClosedRoute;
import dev.plinth.functions.paging.Cursor;
import dev.plinth.functions.paging.PageSize;
import dev.plinth.workspace.ProjectId;
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

/** The routes of a project's integrations, with all that the API's description says of them. */
@Tag(name = "Studio: notifications")
interface IntegrationRoutes {
    String PROJECTS = "/api/projects";
    String INTEGRATIONS = PROJECTS + "/{id}/integrations";
    String ONE = INTEGRATIONS + "/{integrationId}";

    @Post(INTEGRATIONS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.CREATED)
    @Operation(
            operationId = "createIntegration",
            summary = "Have a project's notices posted to a webhook or to Slack",
            description = "A project has 10 integrations at most. Requests to a webhook are signed as the Standard"
                    + " Webhooks specification says, with the secret that this answer alone shows.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = CreateIntegrationRequest.class)))
    @ApiResponse(responseCode = "201", description = "The new integration",
            headers = {
                @Header(name = "Location", description = "The path of the new one", schema = @Schema(type = "string")),
                @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string"))
            },
            content = @Content(mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = IntegrationRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    @Answers.Refusing
    @NotificationAnswers.UnfitBody
    HttpResponse<IntegrationRepresentation> create(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Get(INTEGRATIONS)
    @Operation(
            operationId = "listIntegrations",
            summary = "List the integrations of a project",
            parameters = {
                @Parameter(in = ParameterIn.QUERY, name = PageSize.PARAMETER, description = Answers.LIMIT_USE,
                        schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20")),
                @Parameter(in = ParameterIn.QUERY, name = Cursor.PARAMETER, description = Answers.CURSOR_USE,
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(responseCode = "200", description = "A page",
            headers = @Header(name = Answers.LINK, description = Answers.LINK_USE, schema = @Schema(type = "string")),
            content = @Content(mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = IntegrationPage.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<IntegrationPage> list(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Get(ONE)
    @Operation(
            operationId = "getIntegration",
            summary = "Read an integration",
            parameters = @Parameter(in = ParameterIn.HEADER, name = EntityTags.IF_NONE_MATCH,
                    description = Answers.IF_NONE_MATCH_USE, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "200", description = "The integration, as the latest write left it",
            headers = @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = IntegrationRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    @Answers.Cached
    HttpResponse<IntegrationRepresentation> find(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(description = "The integration's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String integrationId,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Put(ONE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replaceIntegration",
            summary = "Replace an integration, enable it again, or give it another secret",
            description = "Its kind stays. A new secret is shown by this answer alone; the one before signs as well for"
                    + " 24 hours.",
            parameters = @Parameter(in = ParameterIn.HEADER, name = EntityTags.IF_MATCH,
                    description = Answers.IF_MATCH_USE, schema = @Schema(type = "string")))
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ReplaceIntegrationRequest.class)))
    @ApiResponse(responseCode = "200", description = "The integration as it is now",
            headers = @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = IntegrationRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    @Answers.Conditional
    @NotificationAnswers.UnfitBody
    HttpResponse<IntegrationRepresentation> replace(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(description = "The integration's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String integrationId,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Delete(ONE)
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteIntegration",
            summary = "Delete an integration",
            parameters = @Parameter(in = ParameterIn.HEADER, name = EntityTags.IF_MATCH,
                    description = Answers.IF_MATCH_USE, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "The integration is gone")
    @ClosedRoute
    @Answers.Usual
    @Answers.Conditional
    HttpResponse<Void> remove(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(description = "The integration's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String integrationId,
            @Parameter(hidden = true) HttpRequest<?> request);
}
