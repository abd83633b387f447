package dev.plinth.functions.caller;

import dev.plinth.contract.Role;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import java.util.Set;
import java.util.UUID;

/**
 * Who makes a request, as the authorizer found out. A controller's method on a closed route takes one as a parameter.
 *
 * @param userId    the user
 * @param sessionId the session whose access token came with the request
 * @param role      the user's role when the token was issued
 */
public record Caller(UUID userId, String sessionId, Role role) {
    private static final Set<Role> SERVING = Set.of(Role.STAFF, Role.OPERATOR);

    public boolean is(UUID user) {
        return userId.equals(user);
    }

    /** Tells whether the caller serves customers, and so sees what is theirs. */
    public boolean serves() {
        return SERVING.contains(role);
    }

    /** Fails with NOT_FOUND, so that a caller cannot learn which ids exist, unless the user is the caller. */
    public void requireSelf(UUID user) {
        if (!is(user)) {
            throw new Failure(Kind.NOT_FOUND, "There is no user " + user + " whom you may see.");
        }
    }
}
