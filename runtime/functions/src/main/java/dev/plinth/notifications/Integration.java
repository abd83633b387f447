package dev.plinth.notifications;

import dev.plinth.functions.time.TimeOrderedIds;
import dev.plinth.webhooks.Endpoint;
import java.time.Instant;
import java.util.UUID;

/**
 * Where a project posts its notices to.
 *
 * @param revision names this very state; every write stamps another one
 */
record Integration(UUID projectId, String name, Endpoint endpoint, Instant updatedAt, String revision) {
    UUID id() {
        return endpoint.id();
    }

    Instant createdAt() {
        return TimeOrderedIds.createdAt(id());
    }
}
