package dev.plinth.authorizer;

import dev.plinth.functions.caller.AuthorizerContext;
import dev.plinth.functions.event.EventHandler;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers API Gateway (API Gateway Developer Guide, "Control access to HTTP APIs with AWS Lambda authorizers": format
 * 2.0, simple responses). A token that is not ours is refused here. One that was ours and has ended is let through with
 * the reason and without a caller, since only the service can tell its client to refresh it: API Gateway has but one
 * answer for all refusals.
 *
 * <p>When a table does not answer it fails, and API Gateway answers 500: nobody gets in unchecked.
 */
@Singleton
final class Authorizer implements EventHandler {
    /** RFC 9110, section 11.1: the scheme's case does not matter. */
    private static final Pattern BEARER = Pattern.compile("(?i)Bearer +(?<token>[^ ]+)");

    private final TokenVerifier verifier;
    private final Revocations revocations;
    private final JsonMapper json;

    Authorizer(TokenVerifier verifier, Revocations revocations, JsonMapper json) {
        this.verifier = verifier;
        this.revocations = revocations;
        this.json = json;
    }

    @Override
    public JsonNode handle(JsonNode event, String requestId) {
        return authorization(event)
                .map(BEARER::matcher)
                .filter(Matcher::matches)
                .flatMap(bearer -> verifier.verify(bearer.group("token")))
                .map(token -> answer(true, context(token)))
                .orElseGet(() -> answer(false, null));
    }

    private AuthorizerContext context(TokenVerifier.Verified token) {
        if (token.expired()) {
            return AuthorizerContext.ended(AuthorizerContext.EXPIRED);
        }
        return revocations.contains(token.caller().sessionId())
                ? AuthorizerContext.ended(AuthorizerContext.REVOKED)
                : AuthorizerContext.of(token.caller());
    }

    private static Optional<String> authorization(JsonNode event) {
        JsonNode headers = event.get("headers");
        if (headers == null || !headers.isObject()) {
            throw new IllegalArgumentException("The event has no headers: it is not that of an HTTP API's authorizer.");
        }
        return Optional.ofNullable(headers.get("authorization"))
                .filter(JsonNode::isString).map(JsonNode::getStringValue);
    }

    private JsonNode answer(boolean authorized, AuthorizerContext context) {
        JsonNode isAuthorized = JsonNode.createBooleanNode(authorized);
        try {
            return JsonNode.createObjectNode(context == null ? Map.of("isAuthorized", isAuthorized)
                    : Map.of("isAuthorized", isAuthorized, "context", json.writeValueToTree(context)));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
