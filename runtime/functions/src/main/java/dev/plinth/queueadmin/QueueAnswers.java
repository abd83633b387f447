package dev.plinth.queueadmin;

import dev.plinth.functions.problem.Problem;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Inherited;

/** Describes the answers that several routes of queues give, once for all of them. */
final class QueueAnswers {
    private static final String PROBLEM = Problem.MEDIA_TYPE;

    private QueueAnswers() {
    }

    /** What every route can answer. */
    @Inherited
    @ApiResponse(responseCode = "406", description = "The Accept header excludes JSON, which the answer would be",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "500", description = "The service failed",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @ApiResponse(responseCode = "503", description = "SQS throttles or does not answer; try again",
            headers = @Header(name = "Retry-After", description = "Seconds", schema = @Schema(type = "integer")),
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface Usual {
    }

    @Inherited
    @ApiResponse(responseCode = "404", description = "There is no such queue, and the detail says which there are; or"
            + " no such dead letter in it",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @interface Unknown {
    }
}
