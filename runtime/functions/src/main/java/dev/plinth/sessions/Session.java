package dev.plinth.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A user signed in on a device.
 *
 * @param id         a UUID, which is in every access token of the session and is no secret
 * @param device     what the user or the device calls it
 * @param lastUsedAt when it was created or last refreshed
 * @param endsAt     when it ends even if it is used
 */
record Session(String id, UUID userId, String device, Instant createdAt, Instant lastUsedAt, Instant endsAt) {
    /** How long a session lasts that nobody refreshes. */
    static final Duration IDLE = Duration.ofHours(2);

    /** How long a session lasts however often it is refreshed. */
    static final Duration LONGEST = Duration.ofDays(30);

    static Session begin(UUID userId, String device, Instant now) {
        return new Session(UUID.randomUUID().toString(), userId, device, now, now, now.plus(LONGEST));
    }

    Session usedAt(Instant now) {
        return new Session(id, userId, device, createdAt, now, endsAt);
    }

    /** Returns when the session ends unless it is used again. */
    Instant expiresAt() {
        Instant idle = lastUsedAt.plus(IDLE);
        return idle.isBefore(endsAt) ? idle : endsAt;
    }
}
