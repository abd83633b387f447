package dev.plinth.activity;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An entry of the activity log.
 *
 * @param id      a UUID of version 7, by which the log is sorted
 * @param within  the project; for what is in none, the team or the person that it is about
 * @param actorId the user who did it; empty when the system did
 * @param type    a thing and what became of it, for example {@code schema.created}
 * @param subject the id of the thing
 * @param detail  what a person would like to see beside it
 */
public record Activity(UUID id, UUID within, Optional<UUID> actorId, String type, String subject,
        Map<String, String> detail, Instant at) {
    public Activity {
        detail = Map.copyOf(detail);
    }
}
