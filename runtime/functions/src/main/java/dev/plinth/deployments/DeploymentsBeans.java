package dev.plinth.deployments;

import dev.plinth.contract.Setting;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

@Factory
@Requires(env = "deployment-worker")
final class DeploymentsBeans {

    /** Reads the settings by the contract's names for them, which no annotation could. */
    @Singleton
    StackSettings settings(Environment environment) {
        return new StackSettings(
                setting(environment, Setting.DEPLOYMENT_ROLE_ARN),
                setting(environment, Setting.DEPLOYMENT_STACK_PREFIX),
                setting(environment, Setting.ARTIFACTS_BUCKET_NAME),
                new SystemSettingsRegionProvider().getRegion().id());
    }

    private static String setting(Environment environment, Setting setting) {
        return environment.getRequiredProperty(setting.property(), String.class);
    }

    /** Reads times that somebody shortens for a test; in operation nobody does. */
    @Singleton
    DeploymentTimes times(Environment environment) {
        DeploymentTimes usual = DeploymentTimes.USUAL;
        return new DeploymentTimes(
                time(environment, "poll", usual.poll()),
                time(environment, "follow", usual.follow()),
                time(environment, "most", usual.most()),
                time(environment, "settled", usual.settled()));
    }

    private static Duration time(Environment environment, String name, Duration usual) {
        return environment.getProperty("plinth.deployments." + name, Duration.class, usual);
    }

    @Singleton
    Waiting waiting() {
        return time -> LockSupport.parkNanos(time.toNanos());
    }
}
