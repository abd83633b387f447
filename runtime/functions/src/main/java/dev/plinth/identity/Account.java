package dev.plinth.identity;

import dev.plinth.contract.Role;
import java.util.UUID;

/**
 * What the rest of the system may know of a user.
 *
 * @param email    as the user wrote it
 * @param verified whether the user has proved that the address is theirs
 */
public record Account(UUID id, String email, Role role, boolean verified) {
}
