/**
 * Decides whether a role may do something, by the policies as synthesised: an explicit Deny wins, then something has to
 * allow it, and a permissions boundary has to allow it as well. Source: the policy evaluation logic and the policy
 * element reference of the IAM User Guide.
 *
 * <p>It promises that nothing in a policy is passed over: an element, operator, context key or policy variable that it
 * does not evaluate is refused when the policy is read. A denial explains itself, down to the missing statement.
 *
 * <p>Evaluated are identity policies and permissions boundaries of roles, and which services a role trusts. A wildcard
 * in a resource matches any characters, colons included. AWS documents that for a wildcard at the end of a segment; in
 * the middle of a segment this package may match more than AWS does.
 */
package dev.plinth.local.iam;
