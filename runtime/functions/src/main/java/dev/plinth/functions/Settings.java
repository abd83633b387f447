package dev.plinth.functions;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The environment of a function, read once at start: which service it is, and that service's settings. Nothing else in
 * the process looks at environment variables, save the AWS SDK.
 *
 * @param environments the Micronaut environments to start, of which those that name a service decide the settings
 * @param properties   the value of each setting, by its Micronaut property
 */
record Settings(List<String> environments, Map<String, Object> properties) {

    /** Throws {@code IllegalStateException} when a variable is missing or empty, naming it and who needs it. */
    static Settings of(Map<String, String> variables) {
        List<String> environments = Arrays.stream(required(variables, Service.ENVIRONMENT_VARIABLE, "every function")
                .split(",")).map(String::trim).toList();
        Map<String, Object> properties = new HashMap<>();
        for (Service service : Service.values()) {
            if (environments.contains(service.environment())) {
                for (Setting setting : service.settings()) {
                    properties.put(setting.property(),
                            required(variables, setting.variable(), "the service " + service.environment()));
                }
            }
        }
        return new Settings(environments, Map.copyOf(properties));
    }

    private static String required(Map<String, String> variables, String name, String who) {
        return Optional.ofNullable(variables.get(name))
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new IllegalStateException(
                        "The environment variable " + name + " is missing or empty; " + who + " needs it."));
    }
}
