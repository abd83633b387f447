package dev.plinth.identity;

import dev.plinth.contract.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A user as they stand.
 *
 * @param verifiedAt when the user proved that the address is theirs; empty until then
 * @param createdAt  precise to the millisecond, as everything that is stored
 * @param revision   names this very state of the user; every change stamps another one
 */
record User(UUID id, String name, EmailAddress email, String passwordHash, Role role, Optional<Instant> verifiedAt,
        Instant createdAt, Instant updatedAt, UUID revision) {

    boolean verified() {
        return verifiedAt.isPresent();
    }

    Account account() {
        return new Account(id, email.text(), role, verified());
    }

    User named(String newName) {
        return new User(id, newName, email, passwordHash, role, verifiedAt, createdAt, updatedAt, revision);
    }

    User withPasswordHash(String newHash) {
        return new User(id, name, email, newHash, role, verifiedAt, createdAt, updatedAt, revision);
    }

    User inRole(Role newRole) {
        return new User(id, name, email, passwordHash, newRole, verifiedAt, createdAt, updatedAt, revision);
    }

    /** Returns this user with a proved address; the same when it was proved before. */
    User verified(Instant now) {
        return verified() ? this
                : new User(id, name, email, passwordHash, role, Optional.of(now), createdAt, updatedAt, revision);
    }

    User stamped(Instant now) {
        return new User(id, name, email, passwordHash, role, verifiedAt, createdAt, now, UUID.randomUUID());
    }

    /** Without hash, name and address, so that a log cannot have them. */
    @Override
    public String toString() {
        return "User " + id;
    }
}
