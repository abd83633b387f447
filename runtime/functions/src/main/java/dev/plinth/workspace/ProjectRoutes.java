package dev.plinth.workspace;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.openapi.Answers;
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

/** The routes of projects, with all that the API's description says of them. */
@Tag(name = "Studio: projects")
interface ProjectRoutes {

    String PROJECTS = "/api/projects";
    String ONE = PROJECTS + "/{id}";

    @Post(PROJECTS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.CREATED)
    @Operation(
            operationId = "createProject",
            summary = "Start a project",
            description = "A person has 100 projects at most. A project is its owner's alone, or shared with a"
                    + " team in which the caller is EDITOR or OWNER.")
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = ProjectRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The new project",
            headers = {
                @Header(name = "Location", description = "The path of the new one", schema = @Schema(type = "string")),
                @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string"))
            },
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = ProjectRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    @Answers.Refusing
    @Answers.UnfitBody
    HttpResponse<ProjectRepresentation> create(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Get(PROJECTS)
    @Operation(
            operationId = "listProjects",
            summary = "List one's own projects, or those of a team, newest first",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY, name = PageSize.PARAMETER,
                        description = Answers.LIMIT_USE,
                        schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20")),
                @Parameter(
                        in = ParameterIn.QUERY, name = Cursor.PARAMETER,
                        description = Answers.CURSOR_USE,
                        schema = @Schema(type = "string")),
                @Parameter(
                        in = ParameterIn.QUERY, name = ProjectController.TEAM,
                        description = "Only those shared with this team, in which the caller must be",
                        schema = @Schema(type = "string", format = "uuid"))
            })
    @ApiResponse(
            responseCode = "200",
            description = "A page",
            headers = @Header(name = Answers.LINK, description = Answers.LINK_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = ProjectPage.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<ProjectPage> list(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Get(ONE)
    @Operation(
            operationId = "getProject",
            summary = "Read a project",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_NONE_MATCH,
                    description = Answers.IF_NONE_MATCH_USE,
                    schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "200",
            description = "The project, as the latest write left it",
            headers = @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = ProjectRepresentation.class)))
    @Answers.Cached
    @ClosedRoute
    @Answers.Usual
    HttpResponse<ProjectRepresentation> find(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Put(ONE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replaceProject",
            summary = "Replace what a project is called, and with whom it is shared",
            description = "Its owner may do this, and owners of its team. A project stays shared with a team when its"
                    + " owner's account has been removed.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_MATCH,
                    description = Answers.IF_MATCH_USE,
                    schema = @Schema(type = "string")))
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = ProjectRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The project as it is now",
            headers = @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = ProjectRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    @Answers.Conditional
    @Answers.Refusing
    @Answers.UnfitBody
    HttpResponse<ProjectRepresentation> replace(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Delete(ONE)
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteProject",
            summary = "Delete a project with all that is in it",
            description = "Its owner may do this, and owners of its team, once all of its deployments are deleted."
                    + " Archives can no longer be reached, and expire. A deletion that did not end is completed by"
                    + " another one.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_MATCH,
                    description = Answers.IF_MATCH_USE,
                    schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "The project is gone")
    @ClosedRoute
    @Answers.Usual
    @Answers.Conditional
    @Answers.Refusing
    HttpResponse<Void> remove(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(hidden = true) HttpRequest<?> request);
}
