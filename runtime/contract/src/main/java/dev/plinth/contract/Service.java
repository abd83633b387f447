package dev.plinth.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A service: a package of the functions' jar that one Lambda function starts, with the routes it answers and the
 * settings it is given. A function never has a setting that its service does not use.
 */
public enum Service {
    ORDERS("orders",
            Set.of(Setting.ORDERS_TABLE_NAME),
            "POST /orders",
            "GET /orders",
            "GET /orders/{id}",
            "PATCH /orders/{id}",
            "DELETE /orders/{id}",
            "GET /orders/health/check",
            "GET /openapi.yml");

    /** The variable by which a function chooses its service: Micronaut's list of environments. */
    public static final String ENVIRONMENT_VARIABLE = "MICRONAUT_ENVIRONMENTS";

    /** The handler class of every function behind the HTTP API. */
    public static final String HTTP_HANDLER = "dev.plinth.functions.HttpFunction";

    private final String environment;
    private final Set<Setting> settings;
    private final List<Route> routes;

    Service(String environment, Set<Setting> settings, String... routes) {
        this.environment = environment;
        this.settings = settings;
        this.routes = Arrays.stream(routes).map(Route::of).toList();
    }

    /** Returns the Micronaut environment that holds the service's beans, for example {@code orders}. */
    public String environment() {
        return environment;
    }

    /** Returns the settings that the service's function is given: all of them, and no other. */
    public Set<Setting> settings() {
        return settings;
    }

    /** Returns the routes that the service answers. */
    public List<Route> routes() {
        return routes;
    }
}
