package dev.plinth.functions.limits;

import dev.plinth.contract.Service;
import dev.plinth.contract.Trigger;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.condition.Condition;
import io.micronaut.context.condition.ConditionContext;
import java.util.Arrays;
import java.util.Set;

/** Holds in the function of a service behind the HTTP API. */
final class CountsRequests implements Condition {
    @Override
    @SuppressWarnings("rawtypes")
    public boolean matches(ConditionContext context) {
        if (!(context.getBeanContext() instanceof ApplicationContext application)) {
            return false;
        }
        Set<String> environments = application.getEnvironment().getActiveNames();
        return Arrays.stream(Service.values())
                .filter(service -> service.trigger() == Trigger.HTTP)
                .anyMatch(service -> environments.contains(service.environment()));
    }
}
