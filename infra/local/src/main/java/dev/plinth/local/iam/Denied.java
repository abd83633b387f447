package dev.plinth.local.iam;

import java.util.Optional;

/**
 * The request is refused.
 *
 * @param denying the statement that denies it, if the reason is an explicit deny
 */
public record Denied(Role role, AccessRequest request, Reason reason, Optional<StatementName> denying)
        implements Decision {

    /** Why a request is refused. The text ends the message as AWS words it; {@code %s} is the action. */
    public enum Reason {
        /** A statement of the role's policies denies it. */
        EXPLICIT_DENY("with an explicit deny in an identity-based policy"),
        /** A statement of the permissions boundary denies it. */
        EXPLICIT_DENY_IN_BOUNDARY("with an explicit deny in a permissions boundary"),
        /** A statement of the resource's own policy denies it. */
        EXPLICIT_DENY_IN_RESOURCE("with an explicit deny in a resource-based policy"),
        /** No statement of the role's policies allows it. */
        NO_ALLOW("because no identity-based policy allows the %s action"),
        /** A policy allows it, but no statement of the permissions boundary does. */
        BOUNDARY("because no permissions boundary allows the %s action");

        private final String wording;

        Reason(String wording) {
            this.wording = wording;
        }
    }

    /**
     * Returns the message of AWS, in one line.
     *
     * @param session the name of the role's session, which for a function is the function's name
     */
    public String message(String session) {
        return "User: " + role.sessionArn(session) + " is not authorized to perform: " + request.action()
                + " on resource: " + request.resourceArn() + " " + reason.wording.formatted(request.action());
    }

    /** Returns an explanation for a developer, of several lines: what is missing, and where to add it. */
    public String explanation() {
        return Explanation.of(this);
    }
}
