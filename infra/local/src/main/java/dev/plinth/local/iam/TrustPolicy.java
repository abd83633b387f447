package dev.plinth.local.iam;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who may assume a role. A {@link PolicyReader} makes it. Immutable. */
public final class TrustPolicy {
    record TrustStatement(Statement statement, Set<String> services) {
    }

    private static final String ASSUME_ROLE = "sts:AssumeRole";

    private final List<TrustStatement> statements;

    TrustPolicy(List<TrustStatement> statements) {
        this.statements = List.copyOf(statements);
    }

    /**
     * Returns whether a service may assume the role.
     *
     * @param service for example {@code lambda.amazonaws.com}
     * @param context values of condition keys
     */
    public boolean trusts(String service, Map<String, List<String>> context) {
        AccessRequest request = new AccessRequest(ASSUME_ROLE, "*", context);
        return applies(service, request, true) && !applies(service, request, false);
    }

    private boolean applies(String service, AccessRequest request, boolean allow) {
        return statements.stream().anyMatch(trust -> trust.statement().allow() == allow
                && trust.services().contains(service) && trust.statement().applies(request));
    }
}
