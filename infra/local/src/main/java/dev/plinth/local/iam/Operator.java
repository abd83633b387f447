package dev.plinth.local.iam;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** The condition operators that are evaluated. Dates and binary values are not, as no policy here compares them. */
enum Operator {
    STRING_EQUALS("StringEquals", false, (value, place) -> Wildcard.literal(value, false, place)::matches),
    STRING_NOT_EQUALS("StringNotEquals", true, (value, place) -> Wildcard.literal(value, false, place)::matches),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false,
            (value, place) -> Wildcard.literal(value, true, place)::matches),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true,
            (value, place) -> Wildcard.literal(value, true, place)::matches),
    STRING_LIKE("StringLike", false, (value, place) -> Wildcard.pattern(value, false, place)::matches),
    STRING_NOT_LIKE("StringNotLike", true, (value, place) -> Wildcard.pattern(value, false, place)::matches),
    ARN_EQUALS("ArnEquals", false, Operator::arn),
    ARN_LIKE("ArnLike", false, Operator::arn),
    ARN_NOT_EQUALS("ArnNotEquals", true, Operator::arn),
    ARN_NOT_LIKE("ArnNotLike", true, Operator::arn),
    NUMERIC_EQUALS("NumericEquals", false, (value, place) -> number(value, place, order -> order == 0)),
    NUMERIC_NOT_EQUALS("NumericNotEquals", true, (value, place) -> number(value, place, order -> order == 0)),
    NUMERIC_LESS_THAN("NumericLessThan", false, (value, place) -> number(value, place, order -> order < 0)),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", false,
            (value, place) -> number(value, place, order -> order <= 0)),
    NUMERIC_GREATER_THAN("NumericGreaterThan", false, (value, place) -> number(value, place, order -> order > 0)),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", false,
            (value, place) -> number(value, place, order -> order >= 0)),
    BOOL("Bool", false, Operator::bool),
    IP_ADDRESS("IpAddress", false, AddressRange::parse),
    NOT_IP_ADDRESS("NotIpAddress", true, AddressRange::parse),
    /** Is true if the key is absent; the only operator that sees absence itself. */
    NULL("Null", false, Operator::bool);

    private interface Comparison {
        Predicate<String> with(String wanted, PolicyPlace place);
    }

    private final String written;
    private final boolean negated;
    private final Comparison comparison;

    Operator(String written, boolean negated, Comparison comparison) {
        this.written = written;
        this.negated = negated;
        this.comparison = comparison;
    }

    static Optional<Operator> named(String name) {
        for (Operator operator : values()) {
            if (operator.written.equals(name)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    static String names() {
        List<String> names = new ArrayList<>();
        for (Operator operator : values()) {
            names.add(operator.written);
        }
        return String.join(", ", names);
    }

    /** Whether the condition holds when no wanted value matches, instead of when one does. */
    boolean negated() {
        return negated;
    }

    /** Returns the test whether a value of the request is the wanted one. It does not regard negation. */
    Predicate<String> comparison(String wanted, PolicyPlace place) {
        return comparison.with(wanted, place);
    }

    private static Predicate<String> bool(String wanted, PolicyPlace place) {
        String value = wanted.toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            throw place.refuse("\"" + wanted + "\"", "true, false");
        }
        return value::equalsIgnoreCase;
    }

    private static Predicate<String> number(String wanted, PolicyPlace place, IntPredicate order) {
        BigDecimal limit = decimal(wanted).orElseThrow(() -> place.refuse("\"" + wanted + "\"", "a number"));
        return actual -> decimal(actual).map(number -> order.test(number.compareTo(limit))).orElse(false);
    }

    private static Optional<BigDecimal> decimal(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Compares the six parts of an ARN one by one, so a wildcard does not reach beyond its part. */
    private static Predicate<String> arn(String wanted, PolicyPlace place) {
        List<Wildcard> parts = new ArrayList<>();
        for (String part : wanted.split(":", 6)) {
            parts.add(Wildcard.pattern(part, false, place));
        }
        if (parts.size() < 6) {
            throw place.refuse("\"" + wanted + "\"", "an ARN of six parts");
        }
        return actual -> {
            String[] actualParts = actual.split(":", 6);
            if (actualParts.length < 6) {
                return false;
            }
            for (int i = 0; i < 6; i++) {
                if (!parts.get(i).matches(actualParts[i])) {
                    return false;
                }
            }
            return true;
        };
    }
}
