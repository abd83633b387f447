package dev.plinth.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to a route.
 *
 * @param route the route's key as the contract has it, for example {@code GET /orders/{id}}
 * @param ids   what stands for the route's variables, in their order
 * @param query with its question mark, or empty
 * @param body  JSON
 */
record Call(String route, List<String> ids, String query, Optional<String> body, Map<String, String> headers) {
    Call {
        ids = List.copyOf(ids);
        headers = Map.copyOf(headers);
    }

    static Call to(String route, String... ids) {
        return new Call(route, List.of(ids), "", Optional.empty(), Map.of());
    }

    /** Returns what stands for the route's first variable; empty for a route without one. */
    String id() {
        return ids.isEmpty() ? "" : ids.get(0);
    }

    Call where(String parameters) {
        return new Call(route, ids, "?" + parameters, body, headers);
    }

    /** @param json a format whose arguments need no escape in JSON */
    Call with(String json, Object... arguments) {
        return new Call(route, ids, query, Optional.of(json.formatted(arguments)), headers);
    }

    Call by(String accessToken) {
        return and("Authorization", "Bearer " + accessToken);
    }

    Call and(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(route, ids, query, body, more);
    }

    String method() {
        return route.substring(0, route.indexOf(' '));
    }

    String path() {
        String path = route.substring(route.indexOf(' ') + 1);
        for (String id : ids) {
            path = path.replaceFirst("\\{[A-Za-z]+}", id);
        }
        return path + query;
    }
}
