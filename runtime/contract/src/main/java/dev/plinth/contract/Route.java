package dev.plinth.contract;

/**
 * A route of the HTTP API.
 *
 * @param method an HTTP method in capitals, for example {@code GET}
 * @param path   a path whose variables stand in braces, for example {@code /orders/{id}}
 */
public record Route(String method, String path) {
    public Route {
        if (!method.matches("[A-Z]+") || !path.startsWith("/")) {
            throw new IllegalArgumentException("A route is a method in capitals and a path from /, not " + method + " " + path);
        }
    }

    static Route of(String key) {
        String[] parts = key.split(" ");
        return new Route(parts[0], parts[1]);
    }

    /** Returns the route as API Gateway's route key, for example {@code GET /orders/{id}}. */
    public String key() {
        return method + " " + path;
    }
}
