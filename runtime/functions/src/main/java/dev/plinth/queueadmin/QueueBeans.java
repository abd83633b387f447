package dev.plinth.queueadmin;

import dev.plinth.contract.Setting;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

@Factory
final class QueueBeans {
    /** Reads the settings by the contract's names for them, which no annotation could. */
    @Singleton
    QueueUrls urls(Environment environment) {
        return new QueueUrls(
                Arrays.stream(QueueName.values()).collect(Collectors.toMap(
                        Function.identity(), queue -> value(environment, queue.url()))),
                Arrays.stream(QueueName.values()).collect(Collectors.toMap(
                        Function.identity(), queue -> value(environment, queue.deadLettersUrl()))));
    }

    private static String value(Environment environment, Setting setting) {
        return environment.getRequiredProperty(setting.property(), String.class);
    }
}
