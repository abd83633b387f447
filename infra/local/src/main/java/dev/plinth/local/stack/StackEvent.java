package dev.plinth.local.stack;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a stack or to one of its resources.
 *
 * @param physicalId of the resource; empty before it has one
 * @param status     for example {@code CREATE_COMPLETE}
 */
public record StackEvent(String id, Instant time, String logicalId, String physicalId, String type, String status,
        Optional<String> reason) {
}
