package dev.plinth.generation;

import dev.plinth.contract.Setting;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import java.util.Map;

/** Names a bucket as a function's settings do. */
final class Storage {
    private Storage() {
    }

    static Environment environment(String bucket) {
        Environment environment = ApplicationContext.builder()
                .propertySources(PropertySource.of("settings",
                        Map.of(Setting.ARTIFACTS_BUCKET_NAME.property(), bucket)))
                .enableDefaultPropertySources(false)
                .build().getEnvironment();
        environment.start();
        return environment;
    }
}
