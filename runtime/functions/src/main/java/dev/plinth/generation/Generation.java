package dev.plinth.generation;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A code generation.
 *
 * @param requestedBy the user who asked for it
 * @param startedAt   when a worker first took it on
 * @param reason      why it failed, in a sentence for people
 * @param archive     what was stored; empty unless it has succeeded
 * @param expiresAt   when it is forgotten, and its objects with it
 */
record Generation(UUID id, UUID projectId, UUID schemaId, UUID architectureId, UUID requestedBy,
        GenerationStatus status, Instant createdAt, Optional<Instant> startedAt, Optional<Instant> endedAt,
        Optional<String> reason, Optional<Archive> archive, Instant expiresAt) {

    /**
     * An archive.
     *
     * @param files how many are in it
     */
    record Archive(long bytes, String sha256, long files) {
    }

    /** TTL removes an expired item some time later, up to days. */
    boolean isExpired(Instant now) {
        return !expiresAt.isAfter(now);
    }
}
