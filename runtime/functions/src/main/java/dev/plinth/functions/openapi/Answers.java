package dev.plinth.functions.openapi;

import dev.plinth.functions.problem.Problem;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Inherited;

/** Describes what many routes of the studio take and answer alike, once for all of them. */
public final class Answers {

    /** The header that names a state, and what to do with it. */
    public static final String ETAG = "ETag";
    public static final String ETAG_USE = "Names this state; send it as If-Match";
    public static final String LINK = "Link";
    public static final String LINK_USE = "The next page as rel=\"next\"; absent on the last one";

    public static final String IF_MATCH_USE = "ETags of the states that may be changed, or *";
    public static final String IF_NONE_MATCH_USE = "ETags of states that the client has, or *";
    public static final String LIMIT_USE = "How many things a page holds at most";
    public static final String CURSOR_USE = "nextCursor of the page before, which must have had the same filters";

    private static final String PROBLEM = Problem.MEDIA_TYPE;

    private Answers() {
    }

    /** What every route can answer. */
    @Inherited
    @ApiResponse(responseCode = "400", description = "The request breaks a rule; errors says which, and where",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "404", description = "There is no such thing, or none that the caller may see",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "406", description = "The Accept header excludes JSON, which the answer would be",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "500", description = "The service failed",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "503", description = "A table throttles or does not answer; try again",
            headers = @Header(name = "Retry-After", description = "Seconds", schema = @Schema(type = "integer")),
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public @interface Usual {
    }

    /** A route that makes one thing more, or deletes one that others need. */
    @Inherited
    @ApiResponse(responseCode = "409", description = "There are as many as there may be, or the state forbids it; the"
            + " detail says which",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public @interface Refusing {
    }

    /** A route that changes a state which the caller may name. */
    @Inherited
    @ApiResponse(responseCode = "412", description = "The state is none of those that If-Match names",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public @interface Conditional {
    }

    /** A route that reads a state which the caller may have. */
    @Inherited
    @ApiResponse(responseCode = "304", description = "The client has the latest state",
            headers = @Header(name = ETAG, description = ETAG_USE, schema = @Schema(type = "string")))
    public @interface Cached {
    }

    /** What a route that takes a body can answer to it before it is read. */
    @Inherited
    @ApiResponse(responseCode = "413", description = "The body is larger than 512 KiB",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "415", description = "The body is not declared as JSON",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public @interface UnfitBody {
    }
}
