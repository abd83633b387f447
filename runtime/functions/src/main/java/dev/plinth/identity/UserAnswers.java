package dev.plinth.identity;

import dev.plinth.functions.openapi.ClosedRoute;
import dev.plinth.functions.problem.Problem;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Inherited;

/** Describes the answers that several routes of users give, once for all of them. */
final class UserAnswers {
    private static final String PROBLEM = Problem.MEDIA_TYPE;

    private UserAnswers() {
    }

    /** What every route can answer. */
    @Inherited
    @ApiResponse(responseCode = "400", description = "The request breaks a rule; errors says which, and where",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "406", description = "The Accept header excludes JSON, which the answer would be",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "500", description = "The service failed",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "503", description = "The database does not answer; try again",
            headers = @Header(name = "Retry-After", description = "Seconds", schema = @Schema(type = "integer")),
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface Usual {
    }

    /** What a route that needs an access token and names a user can answer besides. */
    @Inherited
    @ClosedRoute
    @ApiResponse(responseCode = "404", description = "There is no such user, or it is somebody else",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface OfOneUser {
    }

    @Inherited
    @ApiResponse(responseCode = "403", description = "The caller may not do this, or the current password is wrong",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface Forbidden {
    }

    @Inherited
    @ApiResponse(responseCode = "412", description = "The user is in none of the states that If-Match names",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface Stale {
    }

    /** What a route that takes a body can answer to it before it is read. */
    @Inherited
    @ApiResponse(responseCode = "413", description = "The body is larger than 64 KiB",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "415", description = "The body is not declared as JSON",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface UnfitBody {
    }
}
