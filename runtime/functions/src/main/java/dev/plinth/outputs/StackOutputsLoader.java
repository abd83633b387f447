package dev.plinth.outputs;

import io.micronaut.context.env.ActiveEnvironment;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySourceLoader;
import io.micronaut.core.io.ResourceLoader;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/**
 * Gives a Micronaut program the settings of a stage as properties, when {@code plinth.stage} (a system property, or the
 * environment variable {@code PLINTH_STAGE}) names one; otherwise it does nothing. Environment variables and system
 * properties overrule it. Account, region and endpoint are the SDK's usual ones. Found by {@code META-INF/services}.
 */
public final class StackOutputsLoader implements PropertySourceLoader {
    /** Below environment variables, above files. */
    private static final int ORDER = EnvironmentPropertySource.POSITION - 50;

    @Override
    public boolean isEnabled() {
        return stage().isPresent();
    }

    @Override
    public Optional<PropertySource> load(String resourceName, ResourceLoader resourceLoader) {
        return resourceName.equals(Environment.DEFAULT_NAME) ? stage().map(StackOutputsLoader::read) : Optional.empty();
    }

    @Override
    public Optional<PropertySource> loadEnv(String name, ResourceLoader loader, ActiveEnvironment environment) {
        return Optional.empty();
    }

    @Override
    public Map<String, Object> read(String name, InputStream input) {
        throw new UnsupportedOperationException("Stack outputs are no file.");
    }

    /** Returns none: the settings are in no file. */
    @Override
    public Set<String> getExtensions() {
        return Set.of();
    }

    private static PropertySource read(String stage) {
        try (CloudFormationClient client =
                CloudFormationClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()) {
            Map<String, Object> properties = new StackOutputs(client, stage).read().entrySet().stream()
                    .collect(Collectors.toMap(entry -> entry.getKey().property(), Map.Entry::getValue));
            return PropertySource.of("outputs of stage " + stage, properties, ORDER);
        }
    }

    private static Optional<String> stage() {
        return Optional.ofNullable(System.getProperty("plinth.stage", System.getenv("PLINTH_STAGE")))
                .filter(stage -> !stage.isBlank());
    }
}
