package dev.plinth.tokens;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.plinth.functions.openapi.OpenRoute;
import dev.plinth.functions.problem.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** Publishes the keys that verify access tokens (RFC 7517, section 5). */
@Controller("/.well-known/jwks.json")
@Requires(env = "identity")
@Tag(name = "Sessions")
class KeySetController {
    /** A key is published some seconds before it signs, and a verifier that meets an unknown one reads again. */
    private static final String CACHED = "public, max-age=60";

    private final TokenKeys keys;

    KeySetController(TokenKeys keys) {
        this.keys = keys;
    }

    @Get
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getTokenKeys", summary = "Read the public keys that verify access tokens",
            description = "A key set as in RFC 7517.")
    @ApiResponse(responseCode = "200", description = "The keys",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
    @ApiResponse(responseCode = "503", description = "The table of keys does not answer; try again",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @OpenRoute
    HttpResponse<String> keys() {
        List<JWK> published = keys.all().stream().map(JWK.class::cast).toList();
        return HttpResponse.ok(new JWKSet(published).toString(true)).header(HttpHeaders.CACHE_CONTROL, CACHED);
    }
}
