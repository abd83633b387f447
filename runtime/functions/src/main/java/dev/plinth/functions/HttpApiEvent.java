package dev.plinth.functions;

import dev.plinth.functions.caller.AuthorizerContext;
import dev.plinth.functions.caller.Client;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The parts that are read of an event of the HTTP API, payload format 2.0 (API Gateway Developer Guide, "AWS Lambda
 * proxy integrations for HTTP APIs").
 *
 * @param routeKey       method and path template of the route, for example {@code GET /orders/{id}}
 * @param rawPath        the path, whose escapes may be decoded already
 * @param rawQueryString the query as it was sent, without the question mark; empty when there is none
 * @param cookies        one entry a cookie; they are not among the headers
 * @param headers        by name in lower case; values of a repeated header are joined by commas
 * @param body           the body as text, or in base64; absent when it is empty
 */
@Serdeable
record HttpApiEvent(
        @Nullable String routeKey,
        @Nullable String rawPath,
        @Nullable String rawQueryString,
        @Nullable List<String> cookies,
        @Nullable Map<String, String> headers,
        @Nullable RequestContext requestContext,
        @Nullable String body,
        boolean isBase64Encoded) {

    @Serdeable
    record RequestContext(@Nullable Http http, @Nullable Authorizer authorizer) {
    }

    @Serdeable
    record Http(@Nullable String method, @Nullable String sourceIp, @Nullable String userAgent) {
    }

    /** Holds what the Lambda authorizer said; absent on a route without one. */
    @Serdeable
    record Authorizer(@Nullable AuthorizerContext lambda) {
    }

    /** Throws {@code IllegalArgumentException} for an event that is not of the HTTP API in format 2.0. */
    String method() {
        if (requestContext == null || requestContext.http() == null || requestContext.http().method() == null) {
            throw new IllegalArgumentException(
                    "The event names no requestContext.http.method: it is not an HTTP API event of format 2.0.");
        }
        return requestContext.http().method();
    }

    /** Returns what the authorizer found; null when it was not asked. */
    @Nullable
    AuthorizerContext authorizerContext() {
        return requestContext == null || requestContext.authorizer() == null
                ? null : requestContext.authorizer().lambda();
    }

    /** Returns where the request comes from, as API Gateway saw it. */
    Client client() {
        Http http = requestContext.http();
        return new Client(Objects.requireNonNullElse(http.sourceIp(), "unknown"),
                Objects.requireNonNullElse(http.userAgent(), ""));
    }

    /** Returns the route's path template; for logs, where it has few values and holds nothing personal. */
    String route() {
        return routeKey == null ? "unknown" : routeKey.substring(routeKey.indexOf(' ') + 1);
    }
}
