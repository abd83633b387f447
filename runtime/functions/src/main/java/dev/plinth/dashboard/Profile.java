package dev.plinth.dashboard;

import dev.plinth.contract.Role;
import java.time.Instant;
import java.util.UUID;

/** What the dashboard shows of a user. */
record Profile(UUID id, String name, String email, Role role, Instant createdAt) {
}
