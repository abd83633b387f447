package dev.plinth.outbox;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened to a user.
 *
 * @param id     the same however often the event is sent, and whichever queue gets it
 * @param userId the user; nothing else of them, so that no queue holds what is personal
 */
public record Event(UUID id, EventType type, UUID userId, Instant at) {
}
