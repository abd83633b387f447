package dev.plinth.functions.redis;

import dev.plinth.contract.Setting;
import io.micronaut.context.condition.Condition;
import io.micronaut.context.condition.ConditionContext;

/** Holds where the service has the cache's settings, by the contract's names for them, which no annotation knows. */
final class UsesCache implements Condition {
    @Override
    @SuppressWarnings("rawtypes")
    public boolean matches(ConditionContext context) {
        return context.getProperty(Setting.CACHE_HOST.property(), String.class).isPresent();
    }
}
