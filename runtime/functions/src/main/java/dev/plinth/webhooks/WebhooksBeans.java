package dev.plinth.webhooks;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import dev.plinth.contract.StudioTable;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Clock;

@Factory
final class WebhooksBeans {
    /** Reads the setting by the contract's name for it, which no annotation could. */
    @Singleton
    IntegrationsTableName tableName(Environment environment) {
        return new IntegrationsTableName(environment.getRequiredProperty(
                StudioTable.INTEGRATIONS.setting().property(), String.class));
    }

    /** Ids of one process increase, also within a millisecond. */
    @Singleton
    IntegrationIds ids(Clock clock) {
        return new TimeOrderedEpochFactory(clock)::create;
    }

    /** The one place that looks at the property: a setting would be open to whoever writes a template. */
    @Singleton
    Receivers receivers() {
        return Receivers.parse(System.getProperty(Receivers.PROPERTY, ""));
    }

    @Singleton
    Schedule schedule() {
        return Schedule.USUAL;
    }
}
