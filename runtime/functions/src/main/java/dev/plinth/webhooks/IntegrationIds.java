package dev.plinth.webhooks;

import java.util.UUID;

/** Makes ids of subscriptions, integrations and deliveries: UUIDs of version 7. Thread-safe. */
@FunctionalInterface
public interface IntegrationIds {
    UUID next();
}
