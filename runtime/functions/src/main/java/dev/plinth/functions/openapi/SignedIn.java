package dev.plinth.functions.openapi;

import dev.plinth.functions.problem.Problem;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.lang.annotation.Inherited;

/**
 * Describes a closed route: it takes an access token, and refuses what comes without one, as the API's door does for
 * every service alike.
 */
@Inherited
@SecurityRequirement(name = OpenApiController.BEARER)
@ApiResponse(responseCode = "401", description = "No access token came with the request, or one that has ended",
        headers = @Header(name = "WWW-Authenticate", description = "Bearer, and error=\"invalid_token\" when another"
                + " token is to be got", schema = @Schema(type = "string")),
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@ApiResponse(responseCode = "403", description = "The access token is none of this API's, or may not do this. API"
        + " Gateway refuses a token that is no good with a body of its own, {\"message\":\"Forbidden\"}",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public @interface SignedIn {
}
