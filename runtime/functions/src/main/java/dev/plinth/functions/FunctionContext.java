package dev.plinth.functions;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.http.annotation.Controller;
import java.util.Map;

/**
 * Starts the application context of a function with what it needs and no more. Micronaut's own builder for Lambda
 * creates every singleton at start and searches for files that a function does not have.
 */
final class FunctionContext {
    private static final Map<String, Object> DEFAULTS = Map.of(
            // An empty list is an answer, and stays in the JSON; what is absent does not.
            "micronaut.serde.serialization.inclusion", "NON_ABSENT",
            // The HTTP API decides on origins. Micronaut answers a 403 without a body where the host is the laptop's.
            "micronaut.server.cors.localhost-pass-through", true);

    private FunctionContext() {
    }

    @SuppressWarnings("unchecked") // eagerInitAnnotated takes a generic array.
    static ApplicationContext start(Settings settings) {
        return ApplicationContext.builder()
                .environments(settings.environments().toArray(String[]::new))
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .bootstrapEnvironment(false)
                // A variable with n underscores becomes 2^n property names; settings are mapped by contract instead.
                .environmentPropertySource(false)
                .enableDefaultPropertySources(false)
                .propertySources(PropertySource.of("plinth", DEFAULTS),
                        PropertySource.of("settings", settings.properties()))
                .eagerInitAnnotated(Controller.class)
                .banner(false)
                .start();
    }
}
