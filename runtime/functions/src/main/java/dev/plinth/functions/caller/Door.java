package dev.plinth.functions.caller;

import dev.plinth.contract.Access;
import dev.plinth.contract.Role;
import dev.plinth.contract.Route;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import io.micronaut.core.annotation.Nullable;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides, before any controller is reached, whether a request may enter. The authorizer has looked at the token; this
 * holds what it found against the contract's access for the route. A route that the contract does not know is closed.
 */
public final class Door {
    /** For a route that nobody listed: closed, to everybody who is signed in alike. */
    private static final Access UNLISTED = Route.closed("GET /", Role.values()).access();

    private final Function<String, Access> rules;

    /** Makes a door that follows the given rules: from a route key, which may be null, to who may enter. */
    public Door(Function<String, Access> rules) {
        this.rules = rules;
    }

    /** Makes the door of a service. */
    public static Door of(Collection<Route> routes) {
        Map<String, Access> listed = routes.stream().collect(Collectors.toUnmodifiableMap(Route::key, Route::access));
        return new Door(key -> key == null ? UNLISTED : listed.getOrDefault(key, UNLISTED));
    }

    /**
     * Returns who enters; empty on an open route, where nobody is asked.
     *
     * @param routeKey the route that API Gateway chose, for example {@code GET /orders/{id}}
     * @param context  what the authorizer found; null when it was not asked
     * @throws Failure UNAUTHENTICATED without a caller, TOKEN_ENDED when the token was one of a caller, and FORBIDDEN
     *                 when the route is for other roles
     */
    public Optional<Caller> admit(@Nullable String routeKey, @Nullable AuthorizerContext context) {
        Access access = rules.apply(routeKey);
        if (access.open()) {
            return Optional.empty();
        }
        if (context != null && context.refusal() != null) {
            throw new Failure(Kind.TOKEN_ENDED, AuthorizerContext.REVOKED.equals(context.refusal())
                    ? "The session of this access token has ended. Sign in again."
                    : "The access token has expired. Get another one with the refresh token.");
        }
        Caller caller = Optional.ofNullable(context).flatMap(AuthorizerContext::caller)
                .orElseThrow(() -> new Failure(Kind.UNAUTHENTICATED, "This route needs an access token."));
        if (!access.roles().contains(caller.role())) {
            throw new Failure(Kind.FORBIDDEN, "Your role, " + caller.role() + ", may not do this.");
        }
        return Optional.of(caller);
    }
}
