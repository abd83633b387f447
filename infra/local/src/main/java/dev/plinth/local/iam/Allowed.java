package dev.plinth.local.iam;

/**
 * The request may go on.
 *
 * @param statement the first statement of the role's policies that allows it
 */
public record Allowed(StatementName statement) implements Decision {
}
