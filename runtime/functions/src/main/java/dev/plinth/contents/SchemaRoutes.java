package dev.plinth.contents;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.EntityTags;
import dev.plinth.functions.openapi.Answers;
import dev.plinth.functions.openapi.ClosedRoute;
import dev.plinth.functions.paging.Cursor;
import dev.plinth.functions.paging.PageSize;
import dev.plinth.model.SchemaDefinition;
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
import io.micronaut.json.tree.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The routes of schemas, with all that the API's description says of them. */
@Tag(name = "Studio: schemas")
interface SchemaRoutes {

    String ALL = "/api/projects/{id}/schemas";
    String ONE = ALL + "/{schemaId}";

    @Post(ALL)
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.CREATED)
    @Operation(
            operationId = "createSchema",
            summary = "Add a schema to a project",
            description = "A project has 20 schemas at most. What cannot be generated is refused, with a pointer"
                    + " to each place: unknown types, dangling targets, cycles of required relations, names that"
                    + " are reserved or collide.")
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = SchemaDefinition.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The new schema",
            headers = {
                @Header(name = "Location", description = "The path of the new one", schema = @Schema(type = "string")),
                @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string"))
            },
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(allOf = {ContentHeadRepresentation.class, SchemaDefinition.class})))
    @ClosedRoute
    @Answers.Usual
    @Answers.Refusing
    @Answers.UnfitBody
    HttpResponse<JsonNode> create(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Get(ALL)
    @Operation(
            operationId = "listSchemas",
            summary = "List the schemas of a project, newest first",
            parameters = {
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
                    schema = @Schema(implementation = DesignPage.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<DesignPage> list(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Get(ONE)
    @Operation(
            operationId = "getSchema",
            summary = "Read a schema",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_NONE_MATCH,
                    description = Answers.IF_NONE_MATCH_USE,
                    schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "200",
            description = "The schema, as the latest write left it",
            headers = @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(allOf = {ContentHeadRepresentation.class, SchemaDefinition.class})))
    @Answers.Cached
    @ClosedRoute
    @Answers.Usual
    HttpResponse<JsonNode> find(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(description = "The schema's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String schemaId,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Put(ONE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replaceSchema",
            summary = "Replace a schema",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_MATCH,
                    description = Answers.IF_MATCH_USE,
                    schema = @Schema(type = "string")))
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = SchemaDefinition.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The schema as it is now",
            headers = @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(allOf = {ContentHeadRepresentation.class, SchemaDefinition.class})))
    @ClosedRoute
    @Answers.Usual
    @Answers.Conditional
    @Answers.UnfitBody
    HttpResponse<JsonNode> replace(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(description = "The schema's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String schemaId,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Delete(ONE)
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteSchema",
            summary = "Delete a schema",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_MATCH,
                    description = Answers.IF_MATCH_USE,
                    schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "The schema is gone; what was generated from it stays")
    @ClosedRoute
    @Answers.Usual
    @Answers.Conditional
    HttpResponse<Void> remove(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(description = "The schema's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String schemaId,
            @Parameter(hidden = true) HttpRequest<?> request);
}
