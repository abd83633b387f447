package dev.plinth.jobs;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A job to add.
 *
 * @param id         a UUID of version 7, so that a project's jobs sort by creation
 * @param attributes what the feature keeps in the item besides what the engine does
 */
public record NewJob(UUID id, UUID projectId, UUID requestedBy, String status, Instant createdAt,
        Map<String, AttributeValue> attributes) {
    public NewJob {
        attributes = Map.copyOf(attributes);
    }
}
