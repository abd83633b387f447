package dev.plinth.local.iam;

/**
 * Names a statement for a person.
 *
 * @param policy        the policy's name
 * @param constructPath the construct that wrote the policy
 * @param statement     the Sid, or the position in the policy where there is none: {@code #0}
 */
public record StatementName(String policy, String constructPath, String statement) {
    @Override
    public String toString() {
        return constructPath + " (policy " + policy + "), statement " + statement;
    }
}
