package dev.plinth.local.iam;

import java.util.List;
import java.util.Set;

/** What the policy of a resource denies everybody and allows services. A {@link PolicyReader} makes it. Immutable. */
public final class ResourcePolicy {
    record Grant(Statement statement, Set<String> services) {
    }

    private final Policy denials;
    private final List<Grant> grants;

    ResourcePolicy(Policy denials, List<Grant> grants) {
        this.denials = denials;
        this.grants = List.copyOf(grants);
    }

    /** Returns what it denies, for the calls of roles. */
    public Policy denials() {
        return denials;
    }

    /**
     * Tells whether a service may do something.
     *
     * @param service for example {@code sns.amazonaws.com}
     */
    public boolean allows(String service, AccessRequest request) {
        return denials.applying(request, false).isEmpty() && grants.stream().anyMatch(grant ->
                grant.services().contains(service) && grant.statement().applies(request));
    }
}
