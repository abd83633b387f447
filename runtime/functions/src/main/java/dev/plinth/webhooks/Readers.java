package dev.plinth.webhooks;

import dev.plinth.contract.Role;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.caller.Caller;
import dev.plinth.workspace.ProjectAccess;
import dev.plinth.workspace.ProjectRight;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Tells who may still read a project, when they make no request themselves. */
@Singleton
@Requires(env = "webhook-worker")
class Readers {
    private static final String NO_SESSION = "none";

    private final ProjectAccess access;

    Readers(ProjectAccess access) {
        this.access = access;
    }

    /** Tells whether something in a partition may be told of a project: a project's own always, a user's by right. */
    boolean include(String owner, UUID project) {
        return Endpoint.user(owner).map(user -> mayRead(user, project)).orElse(true);
    }

    private boolean mayRead(UUID user, UUID project) {
        try {
            access.require(new Caller(user, NO_SESSION, Role.CUSTOMER), project, ProjectRight.READ);
            return true;
        } catch (Failure failure) {
            if (failure.kind() == Kind.NOT_FOUND || failure.kind() == Kind.FORBIDDEN) {
                return false;
            }
            throw failure;
        }
    }
}
