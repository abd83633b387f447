package dev.plinth.dashboard;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.health.Health;
import dev.plinth.functions.openapi.ClosedRoute;
import dev.plinth.functions.openapi.OpenRoute;
import dev.plinth.functions.problem.Problem;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The routes of the dashboard, with all that the API's description says of them. */
interface DashboardRoutes {

    @Get("/dashboard/{id}")
    @Tag(name = "Dashboard")
    @Operation(
            operationId = "getDashboard",
            summary = "Show one's profile and figures",
            description = "From PostgreSQL and DynamoDB in one answer, whole or not at all. The numbers of open, done"
                    + " and archived todos hold every write that has been answered; what is due may lag behind by about a"
                    + " second.")
    @ApiResponse(
            responseCode = "200",
            description = "The user and their todos",
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = DashboardRepresentation.class)))
    @ClosedRoute
    @ApiResponse(responseCode = "400", description = "The id is not a UUID",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "404", description = "There is no such user, or it is somebody else",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "406", description = "The Accept header excludes JSON, which the answer would be",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "500", description = "The service failed",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "503", description = "One of the databases does not answer; try again",
            headers = @Header(name = "Retry-After", description = "Seconds", schema = @Schema(type = "integer")),
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    HttpResponse<DashboardRepresentation> show(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The caller's own id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id);

    @Get("/health")
    @Tag(name = "Health")
    @Operation(
            operationId = "checkHealth",
            summary = "Tell whether each dependency answers",
            description = "PostgreSQL, Redis and DynamoDB by name, each with its latency. A process tells what it found"
                    + " for a second, so the route can be asked often.")
    @ApiResponse(
            responseCode = "200",
            description = "Everything answers",
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = Health.Report.class)))
    @ApiResponse(
            responseCode = "503",
            description = "Something does not answer",
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = Health.Report.class)))
    @OpenRoute
    HttpResponse<Health.Report> health();
}
