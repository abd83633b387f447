package dev.plinth.functions.sql;

import dev.plinth.contract.Setting;
import io.micronaut.context.condition.Condition;
import io.micronaut.context.condition.ConditionContext;

/** Holds where the service has the database's settings, by the contract's names for them, which no annotation knows. */
final class UsesDatabase implements Condition {
    @Override
    @SuppressWarnings("rawtypes")
    public boolean matches(ConditionContext context) {
        return context.getProperty(Setting.DATABASE_HOST.property(), String.class).isPresent();
    }
}
