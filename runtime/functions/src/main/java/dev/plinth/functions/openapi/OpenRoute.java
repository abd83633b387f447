package dev.plinth.functions.openapi;

import dev.plinth.functions.problem.Problem;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.Inherited;

/** Describes an open route: it asks nobody who they are, and knows them by their address. */
@Inherited
@ApiResponse(responseCode = "429", description = "Too many requests come from this address",
        headers = @Header(name = "Retry-After", description = "Seconds", schema = @Schema(type = "integer")),
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public @interface OpenRoute {
}
