package dev.plinth.contract;

/**
 * A route of the HTTP API.
 *
 * @param method an HTTP method in capitals, for example {@code GET}
 * @param path   a path whose variables stand in braces, for example {@code /orders/{id}}
 * @param access who may call it
 */
public record Route(String method, String path, Access access) {
    public Route {
        if (!method.matches("[A-Z]+") || !path.startsWith("/")) {
            throw new IllegalArgumentException("A route is a method in capitals and a path from /, not " + method + " " + path);
        }
    }

    /** Makes a route that anybody may call. */
    public static Route open(String key) {
        return of(key, Access.PUBLIC);
    }

    /** Makes a route for everybody who is signed in. */
    public static Route closed(String key) {
        return of(key, Access.SIGNED_IN);
    }

    /** Makes a route for the given roles. */
    public static Route closed(String key, Role... roles) {
        return of(key, Access.only(roles));
    }

    private static Route of(String key, Access access) {
        String[] parts = key.split(" ");
        return new Route(parts[0], parts[1], access);
    }

    /** Returns the route as API Gateway's route key, for example {@code GET /orders/{id}}. */
    public String key() {
        return method + " " + path;
    }
}
