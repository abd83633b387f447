package dev.plinth.functions.redis;

import dev.plinth.contract.Service;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.condition.Condition;
import io.micronaut.context.condition.ConditionContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Holds in the function of a service that signs in to the cache, as the contract has it. */
final class UsesCache implements Condition {
    @Override
    @SuppressWarnings("rawtypes")
    public boolean matches(ConditionContext context) {
        return context.getBeanContext() instanceof ApplicationContext application
                && service(application.getEnvironment().getActiveNames()).isPresent();
    }

    static Optional<Service> service(Set<String> environments) {
        return Arrays.stream(Service.values())
                .filter(Service::usesCache)
                .filter(service -> environments.contains(service.environment()))
                .findFirst();
    }
}
