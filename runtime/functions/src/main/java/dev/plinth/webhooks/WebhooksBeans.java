package dev.plinth.webhooks;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

@Factory
final class WebhooksBeans {
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
