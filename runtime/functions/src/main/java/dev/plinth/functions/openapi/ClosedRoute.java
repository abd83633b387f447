package dev.plinth.functions.openapi;

import dev.plinth.functions.problem.Problem;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.lang.annotation.Inherited;

/**
 * Describes a closed route: it takes an access token, and refuses what comes without one, for every service alike. What
 * API Gateway refuses by itself has a body of its own.
 */
@Inherited
@SecurityRequirement(name = OpenApiController.BEARER)
@ApiResponse(responseCode = "401", description = "No access token came with the request, or one that has ended",
        headers = @Header(name = "WWW-Authenticate", description = "Bearer, and error=\"invalid_token\" when another"
                + " token is to be got", schema = @Schema(type = "string")),
        content = {
            @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)),
            @Content(mediaType = "application/json", schema = @Schema(implementation = GatewayMessage.class))
        })
@ApiResponse(responseCode = "403", description = "The access token is none of this API's, or the caller may not do this",
        content = {
            @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)),
            @Content(mediaType = "application/json", schema = @Schema(implementation = GatewayMessage.class))
        })
@ApiResponse(responseCode = "429", description = "The caller has made too many requests in this minute; or, without"
        + " Retry-After, too many come from everybody at once",
        headers = @Header(name = "Retry-After", description = "Seconds", schema = @Schema(type = "integer")),
        content = {
            @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)),
            @Content(mediaType = "application/json", schema = @Schema(implementation = GatewayMessage.class))
        })
public @interface ClosedRoute {
}
