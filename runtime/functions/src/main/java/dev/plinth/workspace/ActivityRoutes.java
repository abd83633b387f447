package dev.plinth.workspace;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.openapi.Answers;
import dev.plinth.functions.openapi.ClosedRoute;
import dev.plinth.functions.paging.Cursor;
import dev.plinth.functions.paging.PageSize;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The routes that show what was done, with all that the API's description says of them. */
@Tag(name = "Studio: activity")
interface ActivityRoutes {

    String MINE = "/api/activity";
    String OF_PROJECT = ProjectRoutes.ONE + "/activity";
    String ANALYTICS = ProjectRoutes.ONE + "/analytics";

    @Get(MINE)
    @Operation(
            operationId = "listOwnActivity",
            summary = "List what one has done in the studio in the last 90 days, newest first",
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
                    schema = @Schema(implementation = ActivityPage.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<ActivityPage> mine(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Get(OF_PROJECT)
    @Operation(
            operationId = "listProjectActivity",
            summary = "List what was done in a project in the last 90 days, newest first",
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
                    schema = @Schema(implementation = ActivityPage.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<ActivityPage> ofProject(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Get(ANALYTICS)
    @Operation(
            operationId = "getAnalytics",
            summary = "Read the figures of a project: of each day, and all together",
            description = "Days are those of UTC, and are kept for 400 days. Without from and to it is the last 30"
                    + " days, to today.",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY, name = AnalyticsRequest.FROM,
                        description = "The first day",
                        schema = @Schema(type = "string", format = "date")),
                @Parameter(
                        in = ParameterIn.QUERY, name = AnalyticsRequest.TO,
                        description = "The last day, at most 366 days later",
                        schema = @Schema(type = "string", format = "date"))
            })
    @ApiResponse(
            responseCode = "200",
            description = "The figures; a day on which nothing happened is left out",
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = AnalyticsRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<AnalyticsRepresentation> analytics(
            @Parameter(hidden = true) Caller caller,
            @ProjectId String id,
            @Parameter(hidden = true) HttpRequest<?> request);
}
