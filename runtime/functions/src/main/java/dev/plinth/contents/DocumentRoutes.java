package dev.plinth.contents;

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

/** The routes of documents, with all that the API's description says of them. */
@Tag(name = "Studio: documentation")
interface DocumentRoutes {

    String ALL = "/api/projects/{id}/documentation";
    String ONE = ALL + "/{documentId}";

    @Post(ALL)
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.CREATED)
    @Operation(
            operationId = "createDocument",
            summary = "Add a document to a project",
            description = "A project has 100 documents at most.")
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = DocumentRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The new document",
            headers = {
                @Header(name = "Location", description = "The path of the new one", schema = @Schema(type = "string")),
                @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string"))
            },
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = DocumentRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    @Answers.Refusing
    @Answers.UnfitBody
    HttpResponse<DocumentRepresentation> create(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Get(ALL)
    @Operation(
            operationId = "listDocuments",
            summary = "List the documents of a project, newest first, without their texts",
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
            description = "A page; it can be short and still have a next one",
            headers = @Header(name = Answers.LINK, description = Answers.LINK_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = DocumentPage.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<DocumentPage> list(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Get(ONE)
    @Operation(
            operationId = "getDocument",
            summary = "Read a document",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_NONE_MATCH,
                    description = Answers.IF_NONE_MATCH_USE,
                    schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "200",
            description = "The document, as the latest write left it",
            headers = @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = DocumentRepresentation.class)))
    @Answers.Cached
    @ClosedRoute
    @Answers.Usual
    HttpResponse<DocumentRepresentation> find(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(description = "The document's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String documentId,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Put(ONE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replaceDocument",
            summary = "Replace a document",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_MATCH,
                    description = Answers.IF_MATCH_USE,
                    schema = @Schema(type = "string")))
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = DocumentRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The document as it is now",
            headers = @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = DocumentRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    @Answers.Conditional
    @Answers.UnfitBody
    HttpResponse<DocumentRepresentation> replace(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(description = "The document's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String documentId,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Delete(ONE)
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteDocument",
            summary = "Delete a document",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_MATCH,
                    description = Answers.IF_MATCH_USE,
                    schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "The document is gone")
    @ClosedRoute
    @Answers.Usual
    @Answers.Conditional
    HttpResponse<Void> remove(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(description = "The document's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String documentId,
            @Parameter(hidden = true) HttpRequest<?> request);
}
