package dev.plinth.deployments;

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

/** The routes of deployments, with all that the API's description says of them. */
@Tag(name = "Studio: deployments")
interface DeploymentRoutes {

    String DEPLOYMENTS = "/api/deployments";
    String ONE = DEPLOYMENTS + "/{id}";

    /** The parameter of the list that names the project. */
    String PROJECT = "project";

    @Post(DEPLOYMENTS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "createDeployment",
            summary = "Deploy what was generated",
            description = "The template of the code generation becomes a CloudFormation stack of its own. The answer"
                    + " comes before that has begun; the deployment's status tells how it goes, and subscribers are"
                    + " told how it ended. A deployment that fails is taken back. A project has 20 deployments at most that"
                    + " are not deleted. It takes the right to edit the project. With an Idempotency-Key the request"
                    + " can be repeated for 24 hours: it asks for one deployment.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER,
                    name = IdempotencyKey.HEADER,
                    description = "A text that no other request of the user has, for example a UUID",
                    schema = @Schema(type = "string", pattern = "^[\\x21-\\x7E]{1,255}$")))
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = CreateDeploymentRequest.class)))
    @ApiResponse(
            responseCode = "202",
            description = "The new deployment, QUEUED",
            headers = {
                @Header(name = "Location", description = "The path of the new one", schema = @Schema(type = "string")),
                @Header(
                        name = IdempotencyKey.REPLAYED,
                        description = "Says that an earlier request with this key asked for it; otherwise absent",
                        schema = @Schema(type = "string", allowableValues = "true"))
            },
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = DeploymentRepresentation.class)))
    @ApiResponse(
            responseCode = "422",
            description = "The Idempotency-Key has asked for a deployment by another body",
            content = @Content(
                    mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ClosedRoute
    @Answers.Usual
    @Answers.Refusing
    @Answers.UnfitBody
    HttpResponse<DeploymentRepresentation> create(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Get(DEPLOYMENTS)
    @Operation(
            operationId = "listDeployments",
            summary = "List the deployments of a project, newest first",
            description = "The list may lag behind the latest writes by about a second. A deployment of which nothing"
                    + " is left is listed for 30 days.",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY, name = PROJECT, required = true,
                        description = "The project, which the caller may read",
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
                    schema = @Schema(implementation = DeploymentPage.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<DeploymentPage> list(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Get(ONE)
    @Operation(operationId = "getDeployment", summary = "Read a deployment: how far it is, and what it gives out")
    @ApiResponse(
            responseCode = "200",
            description = "The deployment as it is now",
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = DeploymentRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<DeploymentRepresentation> find(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The deployment's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Delete(ONE)
    @Status(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "deleteDeployment",
            summary = "Delete the stack of a deployment with all that is in it",
            description = "One that is being created is stopped and taken back. The answer comes before that has begun."
                    + " A bucket that holds objects is not deleted: empty it, and delete the deployment again. Deleting"
                    + " what is deleted changes nothing. It takes the right to edit the project.")
    @ApiResponse(
            responseCode = "202",
            description = "The deployment, DELETING or DELETED",
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = DeploymentRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<DeploymentRepresentation> remove(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The deployment's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<?> request);
}
