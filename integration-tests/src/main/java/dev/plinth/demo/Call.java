package dev.plinth.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request to a route.
 *
 * @param route the route's key as the contract has it, for example {@code GET /orders/{id}}
 * @param id    what stands for the route's variable; empty for a route without one
 * @param query with its question mark, or empty
 * @param body  JSON
 */
record Call(String route, String id, String query, Optional<String> body, Map<String, String> headers) {
    Call {
        headers = Map.copyOf(headers);
    }

    static Call to(String route) {
        return new Call(route, "", "", Optional.empty(), Map.of());
    }

    static Call to(String route, String id) {
        return new Call(route, id, "", Optional.empty(), Map.of());
    }

    Call where(String parameters) {
        return new Call(route, id, "?" + parameters, body, headers);
    }

    /** @param json a format whose arguments need no escape in JSON */
    Call with(String json, Object... arguments) {
        return new Call(route, id, query, Optional.of(json.formatted(arguments)), headers);
    }

    Call by(String accessToken) {
        return and("Authorization", "Bearer " + accessToken);
    }

    Call and(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(route, id, query, body, more);
    }

    String method() {
        return route.substring(0, route.indexOf(' '));
    }

    String path() {
        return route.substring(route.indexOf(' ') + 1).replaceFirst("\\{[a-z]+}", id) + query;
    }
}
