package dev.plinth.contents;

import dev.plinth.functions.time.TimeOrderedIds;
import java.time.Instant;
import java.util.UUID;

/**
 * What a list says of something that is in a project.
 *
 * @param title what people call it
 */
record ContentHead(ContentKind kind, UUID projectId, UUID id, String title, Instant updatedAt) {
    Instant createdAt() {
        return TimeOrderedIds.createdAt(id);
    }
}
