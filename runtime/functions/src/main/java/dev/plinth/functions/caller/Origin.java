package dev.plinth.functions.caller;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.servlet.http.ServletHttpRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who makes a request and from where, on its way from the handler to the controllers. It travels as objects beside the
 * request, not as headers, so nothing that a client sends can take its place.
 */
public record Origin(Optional<Caller> caller, Client client) {
    private static final String CALLER = "caller";
    private static final String CLIENT = "client";

    /** Returns the event with this origin. */
    public APIGatewayProxyRequestEvent on(APIGatewayProxyRequestEvent event) {
        Map<String, Object> members = new HashMap<>(Map.of(CLIENT, client));
        caller.ifPresent(present -> members.put(CALLER, present));
        ProxyRequestContext context = new ProxyRequestContext();
        context.setAuthorizer(members);
        return event.withRequestContext(context);
    }

    /** Returns the caller of a request; empty on an open route. */
    public static Optional<Caller> caller(HttpRequest<?> request) {
        return member(request, CALLER, Caller.class);
    }

    static Caller callerOf(HttpRequest<?> request) {
        // A route with a caller that the contract calls open is a mistake; nobody gets in by it.
        return caller(request).orElseThrow(() -> new Failure(Kind.UNAUTHENTICATED,
                "This route needs an access token."));
    }

    static Client clientOf(HttpRequest<?> request) {
        return member(request, CLIENT, Client.class)
                .orElseThrow(() -> new IllegalStateException("The request does not tell where it comes from."));
    }

    private static <T> Optional<T> member(HttpRequest<?> request, String name, Class<T> type) {
        HttpRequest<?> inner = request;
        while (inner instanceof HttpRequestWrapper<?> wrapper) {
            inner = wrapper.getDelegate();
        }
        return inner instanceof ServletHttpRequest<?, ?> servlet
                && servlet.getNativeRequest() instanceof APIGatewayProxyRequestEvent event
                && event.getRequestContext() != null
                ? Optional.ofNullable(type.cast(event.getRequestContext().getAuthorizer().get(name)))
                : Optional.empty();
    }
}
