package dev.plinth.local.iam;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A role with its permissions. Immutable.
 *
 * @param arn      for example {@code arn:aws:iam::000000000000:role/orders}; a path before the name is allowed
 * @param policies the identity policies, inline and attached
 * @param boundary the permissions boundary, which limits what the policies allow
 */
public record Role(String name, String arn, String constructPath, List<Policy> policies, Optional<Policy> boundary) {
    private static final Pattern ARN = Pattern.compile("arn:([^:]+):iam::(\\d{12}):role/(?:.+/)?([^/]+)");

    public Role {
        if (!ARN.matcher(arn).matches()) {
            throw new IllegalArgumentException("Not the ARN of a role: " + arn);
        }
        policies = List.copyOf(policies);
    }

    /** Decides about a request of this role. A request that nothing allows is denied. */
    public Decision decide(AccessRequest request) {
        return decide(request, Optional.empty());
    }

    /**
     * Decides about a request of this role.
     *
     * @param resource the policy of the resource, as {@link PolicyReader#denials} reads it
     */
    public Decision decide(AccessRequest request, Optional<Policy> resource) {
        Optional<StatementName> denied = first(policies, policy -> policy.applying(request, false));
        if (denied.isPresent()) {
            return new Denied(this, request, Denied.Reason.EXPLICIT_DENY, denied);
        }
        Optional<StatementName> deniedByBoundary = boundary.flatMap(policy -> policy.applying(request, false));
        if (deniedByBoundary.isPresent()) {
            return new Denied(this, request, Denied.Reason.EXPLICIT_DENY_IN_BOUNDARY, deniedByBoundary);
        }
        Optional<StatementName> deniedByResource = resource.flatMap(policy -> policy.applying(request, false));
        if (deniedByResource.isPresent()) {
            return new Denied(this, request, Denied.Reason.EXPLICIT_DENY_IN_RESOURCE, deniedByResource);
        }
        Optional<StatementName> allowed = first(policies, policy -> policy.applying(request, true));
        if (allowed.isEmpty()) {
            return new Denied(this, request, Denied.Reason.NO_ALLOW, Optional.empty());
        }
        if (boundary.isPresent() && boundary.get().applying(request, true).isEmpty()) {
            return new Denied(this, request, Denied.Reason.BOUNDARY, Optional.empty());
        }
        return new Allowed(allowed.get());
    }

    /** Returns the ARN under which a session of this role acts. It has the role's name without its path. */
    String sessionArn(String session) {
        Matcher matcher = ARN.matcher(arn);
        if (!matcher.matches()) {
            throw new IllegalStateException(arn);
        }
        return "arn:%s:sts::%s:assumed-role/%s/%s"
                .formatted(matcher.group(1), matcher.group(2), matcher.group(3), session);
    }

    private static Optional<StatementName> first(
            List<Policy> policies, Function<Policy, Optional<StatementName>> search) {
        return policies.stream().map(search).flatMap(Optional::stream).findFirst();
    }
}
