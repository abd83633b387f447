package dev.plinth.orders;

import dev.plinth.contract.Setting;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;

@Factory
final class OrdersBeans {

    /** Reads the setting by the contract's name for it, which no annotation could. */
    @Singleton
    OrdersTableName tableName(Environment environment) {
        return new OrdersTableName(
                environment.getRequiredProperty(Setting.ORDERS_TABLE_NAME.property(), String.class));
    }
}
