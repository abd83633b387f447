package dev.plinth.identity;

import dev.plinth.contract.Role;
import dev.plinth.functions.checkpoint.Priming;
import dev.plinth.functions.json.RequestBodies;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes a user from a body to a representation, and computes a hash. The requests sent before the checkpoint reach
 * neither, as they create nothing.
 */
@Singleton
class UserPriming implements Priming {
    private static final String BODY = """
            {"name": "Priming", "email": "priming@example.org", "password": "none of anybody"}""";

    private final RequestBodies bodies;
    private final PasswordHashes hashes;
    private final JsonMapper json;

    UserPriming(RequestBodies bodies, PasswordHashes hashes, JsonMapper json) {
        this.bodies = bodies;
        this.hashes = hashes;
        this.json = json;
    }

    @Override
    public void prime() {
        CreateUserRequest wanted =
                bodies.read(BODY.getBytes(StandardCharsets.UTF_8), CreateUserRequest.class);
        PasswordRules.broken(wanted.password(), wanted.name(), wanted.email());
        hashes.matches(wanted.password(), hashes.ofNobody());
        User user = new User(UUID.randomUUID(), wanted.name(), EmailAddress.of(wanted.email()).orElseThrow(), "",
                Role.CUSTOMER, Optional.empty(), Instant.EPOCH, Instant.EPOCH, UUID.randomUUID());
        try {
            json.writeValueAsBytes(UserRepresentation.of(user));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
