package dev.plinth.sessions;

import dev.plinth.functions.openapi.ClosedRoute;
import dev.plinth.functions.problem.Problem;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Inherited;

/** Describes the answers that several routes of sessions and codes give, once for all of them. */
final class SessionAnswers {
    private static final String PROBLEM = Problem.MEDIA_TYPE;

    private SessionAnswers() {
    }

    /** What every route can answer. */
    @Inherited
    @ApiResponse(responseCode = "400", description = "The request breaks a rule; errors says which, and where",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "406", description = "The Accept header excludes JSON, which the answer would be",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "500", description = "The service failed",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "503", description = "The cache, a table or the database does not answer; try again",
            headers = @Header(name = "Retry-After", description = "Seconds", schema = @Schema(type = "integer")),
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface Usual {
    }

    /** What a route that needs an access token can answer. */
    @Inherited
    @ClosedRoute
    @interface SignedIn {
    }

    @Inherited
    @ApiResponse(responseCode = "404", description = "There is no such session, or it is somebody else's",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface Unknown {
    }

    /** What a route that takes a body can answer to it before it is read. */
    @Inherited
    @ApiResponse(responseCode = "413", description = "The body is larger than 64 KiB",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "415", description = "The body is not declared as JSON",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface UnfitBody {
    }

    @Inherited
    @ApiResponse(responseCode = "429", description = "Too many attempts for this address, or from this place",
            headers = @Header(name = "Retry-After", description = "Seconds", schema = @Schema(type = "integer")),
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface TooMany {
    }
}
