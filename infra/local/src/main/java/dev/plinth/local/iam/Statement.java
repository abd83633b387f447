package dev.plinth.local.iam;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One statement of a policy.
 *
 * @param label the Sid, or the position in the policy where there is none: {@code #0}
 */
record Statement(String label, boolean allow, Patterns actions, Patterns resources, List<Condition> conditions) {

    /**
     * The patterns of Action and NotAction, or of Resource and NotResource.
     *
     * @param inverted whether they name what the statement does not apply to
     */
    record Patterns(List<Wildcard> patterns, boolean inverted) {
        boolean match(String text) {
            return inverted != patterns.stream().anyMatch(pattern -> pattern.matches(text));
        }

        @Override
        public String toString() {
            String list = patterns.stream().map(Wildcard::toString).collect(Collectors.joining(", "));
            return inverted ? "everything but " + list : list;
        }
    }

    boolean applies(AccessRequest request) {
        return actions.match(request.action()) && resources.match(request.resourceArn())
                && failedConditions(request).isEmpty();
    }

    List<Condition> failedConditions(AccessRequest request) {
        return conditions.stream()
                .filter(condition -> !condition.holds(request.contextValues(condition.key())))
                .toList();
    }
}
