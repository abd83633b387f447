package dev.plinth.functions.openapi;

import dev.plinth.functions.problem.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

@Controller("/openapi.yml")
@Requires(env = "orders")
@OpenAPIDefinition(info = @Info(
        title = "Plinth",
        version = "1.0.0",
        description = "Errors are problem documents (RFC 9457), times are RFC 3339 in UTC, and money is a decimal "
                + "string with an ISO 4217 currency. Every answer carries the request's id in X-Request-Id. Whoever"
                + " is let in learns from RateLimit-Policy how much they may ask for, and from RateLimit how much of it is"
                + " left (draft-ietf-httpapi-ratelimit-headers)."))
@SecurityScheme(
        name = OpenApiController.BEARER,
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "The accessToken of POST /sessions or POST /sessions/refresh. It is good for five minutes.")
class OpenApiController {
    static final String BEARER = "bearer";

    /** RFC 9512. */
    private static final String YAML = "application/yaml";

    private final String document;

    OpenApiController() {
        this.document = read("/META-INF/swagger/openapi.yml");
    }

    @Get
    @Produces(YAML)
    @Operation(operationId = "describeApi", summary = "Describe this API")
    @ApiResponse(responseCode = "200", description = "This document",
            content = @Content(mediaType = YAML, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "406", description = "The Accept header does not take YAML",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @OpenRoute
    HttpResponse<String> describe() {
        return HttpResponse.ok(document).header(HttpHeaders.CACHE_CONTROL, "public, max-age=300");
    }

    private static String read(String resource) {
        try (InputStream document = OpenApiController.class.getResourceAsStream(resource)) {
            if (document == null) {
                throw new IllegalStateException("The jar lacks " + resource + ", which its build generates.");
            }
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
