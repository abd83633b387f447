package dev.plinth.functions.caller;

import dev.plinth.contract.Role;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * What the authorizer tells of a request's access token, and API Gateway passes on beside the request, where no client
 * can write: who calls, or why a token of ours is one no more. With neither, nobody calls.
 *
 * @param refusal why the token has ended: {@link #EXPIRED} or {@link #REVOKED}; absent for a token that holds
 */
@Serdeable
public record AuthorizerContext(
        @Nullable String userId, @Nullable String sessionId, @Nullable String role, @Nullable String refusal) {

    public static final String EXPIRED = "expired";
    public static final String REVOKED = "revoked";

    /** Returns the context of a token that holds. */
    public static AuthorizerContext of(Caller caller) {
        return new AuthorizerContext(caller.userId().toString(), caller.sessionId(), caller.role().name(), null);
    }

    /** Returns the context of a token that was ours and has ended. */
    public static AuthorizerContext ended(String refusal) {
        return new AuthorizerContext(null, null, null, refusal);
    }

    /** Returns the caller; empty unless everything about them is said, and is what it should be. */
    Optional<Caller> caller() {
        if (refusal != null || userId == null || sessionId == null || sessionId.isBlank()) {
            return Optional.empty();
        }
        Optional<Role> known = Arrays.stream(Role.values()).filter(each -> each.name().equals(role)).findFirst();
        try {
            UUID user = UUID.fromString(userId);
            return known.map(found -> new Caller(user, sessionId, found));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
