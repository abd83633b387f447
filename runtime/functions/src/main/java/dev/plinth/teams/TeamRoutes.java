package dev.plinth.teams;

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

/** The routes of teams, with all that the API's description says of them. */
@Tag(name = "Studio: teams")
interface TeamRoutes {

    String TEAMS = "/api/teams";
    String ONE = TEAMS + "/{id}";
    String MEMBER = ONE + "/members/{userId}";

    @Post(TEAMS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.CREATED)
    @Operation(
            operationId = "createTeam",
            summary = "Start a team, and be its first owner",
            description = "A person makes 20 teams at most.")
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = TeamRequest.class)))
    @ApiResponse(
            responseCode = "201",
            description = "The new team",
            headers = {
                @Header(name = "Location", description = "The path of the new one", schema = @Schema(type = "string")),
                @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string"))
            },
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = TeamRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    @Answers.Refusing
    @Answers.UnfitBody
    HttpResponse<TeamRepresentation> create(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Get(TEAMS)
    @Operation(
            operationId = "listTeams",
            summary = "List the teams in which one is, newest first",
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
                    schema = @Schema(implementation = TeamPage.class)))
    @ClosedRoute
    @Answers.Usual
    HttpResponse<TeamPage> list(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Get(ONE)
    @Operation(
            operationId = "getTeam",
            summary = "Read a team and who is in it",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_NONE_MATCH,
                    description = Answers.IF_NONE_MATCH_USE,
                    schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "200",
            description = "The team, as the latest write left it",
            headers = @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = TeamRepresentation.class)))
    @Answers.Cached
    @ClosedRoute
    @Answers.Usual
    HttpResponse<TeamRepresentation> find(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The team's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Put(ONE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replaceTeam",
            summary = "Replace what a team is called",
            description = "Its owners may do this.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_MATCH,
                    description = Answers.IF_MATCH_USE,
                    schema = @Schema(type = "string")))
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = TeamRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The team as it is now",
            headers = @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = TeamRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    @Answers.Conditional
    @Answers.UnfitBody
    HttpResponse<TeamRepresentation> replace(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The team's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Delete(ONE)
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteTeam",
            summary = "Delete a team",
            description = "Its owners may do this, once no project is shared with it.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_MATCH,
                    description = Answers.IF_MATCH_USE,
                    schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "The team is gone")
    @ClosedRoute
    @Answers.Usual
    @Answers.Conditional
    @Answers.Refusing
    HttpResponse<Void> remove(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The team's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(hidden = true) HttpRequest<?> request);

    @Put(MEMBER)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putMember",
            summary = "Take a person into a team, or give a member another role",
            description = "Its owners may do this. A team has 50 members at most, and always an owner.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_MATCH,
                    description = Answers.IF_MATCH_USE,
                    schema = @Schema(type = "string")))
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = MemberRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The team as it is now",
            headers = @Header(name = Answers.ETAG, description = Answers.ETAG_USE, schema = @Schema(type = "string")),
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = TeamRepresentation.class)))
    @ClosedRoute
    @Answers.Usual
    @Answers.Conditional
    @Answers.Refusing
    @Answers.UnfitBody
    HttpResponse<TeamRepresentation> putMember(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The team's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(description = "The member's user id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String userId,
            @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Delete(MEMBER)
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "removeMember",
            summary = "Take a person out of a team, or leave it",
            description = "Owners of the team may do this to everybody, and everybody to themselves; the last"
                    + " owner stays.",
            parameters = @Parameter(
                    in = ParameterIn.HEADER, name = EntityTags.IF_MATCH,
                    description = Answers.IF_MATCH_USE,
                    schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "The person is not in the team")
    @ClosedRoute
    @Answers.Usual
    @Answers.Conditional
    @Answers.Refusing
    HttpResponse<Void> removeMember(
            @Parameter(hidden = true) Caller caller,
            @Parameter(description = "The team's id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String id,
            @Parameter(description = "The member's user id", schema = @Schema(type = "string", format = "uuid"))
            @PathVariable String userId,
            @Parameter(hidden = true) HttpRequest<?> request);
}
