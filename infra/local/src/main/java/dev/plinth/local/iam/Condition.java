package dev.plinth.local.iam;

import java.util.List;
import java.util.function.Predicate;

/**
 * One operator applied to one context key.
 *
 * @param written the operator with its qualifiers, as the policy has it
 * @param wanted  the values of the policy, of which one has to match
 */
record Condition(
        String written,
        Operator operator,
        Quantifier quantifier,
        boolean ifExists,
        String key,
        List<String> wanted,
        List<Predicate<String>> comparisons) {

    /** How the values of a key with several values are combined. */
    enum Quantifier {
        /**
         * No set operator. It is meant for keys with one value; of several, one has to match, or none for a negated
         * operator.
         */
        NONE,
        FOR_ALL_VALUES,
        FOR_ANY_VALUE
    }

    /**
     * Evaluates the condition.
     *
     * @param actual the values that the request has for the key, empty if it has none
     */
    boolean holds(List<String> actual) {
        if (operator == Operator.NULL) {
            return matches(String.valueOf(actual.isEmpty()));
        }
        if (actual.isEmpty()) {
            return ifExists || quantifier == Quantifier.FOR_ALL_VALUES
                    || quantifier == Quantifier.NONE && operator.negated();
        }
        return switch (quantifier) {
            case FOR_ALL_VALUES -> actual.stream().allMatch(this::satisfies);
            case FOR_ANY_VALUE -> actual.stream().anyMatch(this::satisfies);
            case NONE -> operator.negated() != actual.stream().anyMatch(this::matches);
        };
    }

    private boolean satisfies(String value) {
        return operator.negated() != matches(value);
    }

    private boolean matches(String value) {
        return comparisons.stream().anyMatch(comparison -> comparison.test(value));
    }

    /** Says for a person what the condition wants and what the request has. */
    String describe(List<String> actual) {
        return written + " " + key + " wants " + String.join(" or ", wanted) + ", the request has "
                + (actual.isEmpty() ? "no such key" : String.join(", ", actual));
    }
}
