package dev.plinth.todos;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import dev.plinth.contract.Setting;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Clock;

@Factory
final class TodosBeans {

    /** Reads the setting by the contract's name for it, which no annotation could. */
    @Singleton
    TodosTableName tableName(Environment environment) {
        return new TodosTableName(
                environment.getRequiredProperty(Setting.TODOS_TABLE_NAME.property(), String.class));
    }

    /** Ids of one process increase, also within a millisecond. */
    @Singleton
    TodoIds ids(Clock clock) {
        return new TimeOrderedEpochFactory(clock)::create;
    }
}
