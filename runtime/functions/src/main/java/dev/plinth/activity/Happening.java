package dev.plinth.activity;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that was done in a project.
 *
 * @param actorId the user who did it; empty when the system did, for instance when a job ended
 * @param type    a thing and what became of it, for example {@code schema.created} or {@code generation.succeeded}
 * @param subject the id of the thing
 * @param detail  what a person would like to see beside it, for example a name; never a secret or an address
 * @param figures what it adds to the figures of the project's day, by name, for example
 *                {@code generationsSucceeded: 1, generationMillis: 840}
 */
public record Happening(UUID projectId, Optional<UUID> actorId, String type, String subject, Map<String, String> detail,
        Map<String, Long> figures, Instant at) {
    public Happening {
        detail = Map.copyOf(detail);
        figures = Map.copyOf(figures);
    }
}
