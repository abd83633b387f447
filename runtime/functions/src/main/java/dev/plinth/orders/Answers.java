package dev.plinth.orders;

import dev.plinth.functions.openapi.ClosedRoute;
import dev.plinth.functions.problem.Problem;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Inherited;

/** Describes the answers that several routes give, once for all of them. */
final class Answers {

    private static final String PROBLEM = Problem.MEDIA_TYPE;

    private Answers() {
    }

    /** What every route that reads or writes the table can answer. */
    @Inherited
    @ApiResponse(responseCode = "400", description = "The request breaks a rule; errors says which, and where",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ClosedRoute
    @ApiResponse(responseCode = "406", description = "The Accept header excludes JSON, which the answer would be",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "500", description = "The service failed",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "503", description = "The table throttles or does not answer; try again",
            headers = @Header(name = "Retry-After", description = "Seconds", schema = @Schema(type = "integer")),
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface Usual {
    }

    @Inherited
    @ApiResponse(responseCode = "404", description = "There is no such order, or it is another customer's",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface Unknown {
    }

    @Inherited
    @ApiResponse(responseCode = "409", description = "The order's status does not allow the change",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface Closed {
    }

    @Inherited
    @ApiResponse(responseCode = "403", description = "The step is one for staff",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface NotYours {
    }

    @Inherited
    @ApiResponse(responseCode = "412", description = "The order is in none of the states that If-Match names",
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

    @Inherited
    @ApiResponse(responseCode = "422", description = "The Idempotency-Key has created an order from another body",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface KeyReused {
    }
}
