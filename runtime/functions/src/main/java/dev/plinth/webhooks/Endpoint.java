package dev.plinth.webhooks;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/**
 * Where notices are posted to.
 *
 * @param owner    the partition that holds it: a user's, or a project's
 * @param failures how many deliveries have failed in a row
 */
public record Endpoint(String owner, UUID id, EndpointKind kind, URI url, Secrets secrets, Interest interest,
        EndpointState state, int failures) {
    /** How many deliveries may fail in a row, each with all its attempts, before an endpoint is disabled. */
    public static final int MOST_FAILURES = 10;

    private static final String USER = "USER#";
    private static final String PROJECT = "PROJECT#";

    /** Returns the partition of what a user has subscribed. */
    public static String ofUser(UUID user) {
        return USER + user;
    }

    /** Returns the partition of a project's integrations. */
    public static String ofProject(UUID project) {
        return PROJECT + project;
    }

    /** Returns the user whose subscription it is; empty for a project's integration. */
    public static Optional<UUID> user(String owner) {
        return owner.startsWith(USER) ? Optional.of(UUID.fromString(owner.substring(USER.length()))) : Optional.empty();
    }

    /** Without the URL and the secrets, so that a log cannot have them. */
    @Override
    public String toString() {
        return "Endpoint " + id;
    }
}
