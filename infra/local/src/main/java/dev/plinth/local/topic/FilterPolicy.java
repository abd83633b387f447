package dev.plinth.local.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which messages a subscription gets, by their attributes (SNS Developer Guide, "Subscription filter policies"). Every
 * attribute that the policy names has to have one of the values that it names for it. Immutable.
 */
final class FilterPolicy {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final int MOST_KEYS = 5;
    private static final int MOST_COMBINATIONS = 150;
    private static final BigDecimal LARGEST_NUMBER = BigDecimal.valueOf(1_000_000_000);
    private static final Set<String> COMPARISONS = Set.of("=", "<", "<=", ">", ">=");

    private final String text;
    private final Map<String, List<Condition>> conditions;

    /** One value that an attribute may have; it sees the values of the attribute, none when the message lacks it. */
    private interface Condition {
        boolean holds(List<JsonNode> values);
    }

    private FilterPolicy(String text, Map<String, List<Condition>> conditions) {
        this.text = text;
        this.conditions = conditions;
    }

    /**
     * Reads a policy.
     *
     * @throws SnsException when it has an operator or a shape that is not known here
     */
    static FilterPolicy parse(String text) {
        JsonNode policy = read(text);
        if (!policy.isObject() || policy.isEmpty()) {
            throw wrong("the policy must be an object with a member");
        }
        if (policy.size() > MOST_KEYS) {
            throw wrong("Filter policy can not have more than " + MOST_KEYS + " keys");
        }
        Map<String, List<Condition>> conditions = new LinkedHashMap<>();
        long combinations = 1;
        for (Map.Entry<String, JsonNode> attribute : policy.properties()) {
            if (!attribute.getValue().isArray() || attribute.getValue().isEmpty()) {
                throw wrong("\"" + attribute.getKey() + "\" must be an array that is not empty");
            }
            List<Condition> any = new ArrayList<>();
            attribute.getValue().forEach(node -> any.add(condition(node)));
            conditions.put(attribute.getKey(), any);
            combinations *= any.size();
        }
        if (combinations > MOST_COMBINATIONS) {
            throw wrong("Filter policy is too complex");
        }
        return new FilterPolicy(text, conditions);
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw wrong("failed to parse JSON");
        }
    }

    private static Condition condition(JsonNode node) {
        if (node.isValueNode()) {
            return any(value -> isSame(node, value));
        }
        if (!node.isObject() || node.size() != 1) {
            throw wrong("a match value must be a string, a number, a boolean, null, or an object with one operator");
        }
        Map.Entry<String, JsonNode> operator = node.properties().iterator().next();
        JsonNode wanted = operator.getValue();
        return switch (operator.getKey()) {
            case "exists" -> exists(wanted);
            case "prefix" -> any(starting(text(wanted, "prefix")));
            case "suffix" -> any(ending(text(wanted, "suffix")));
            case "equals-ignore-case" -> {
                String lower = text(wanted, "equals-ignore-case").toLowerCase(Locale.ROOT);
                yield any(value -> value.isTextual() && value.asText().toLowerCase(Locale.ROOT).equals(lower));
            }
            case "anything-but" -> any(other(wanted));
            case "numeric" -> any(numeric(wanted));
            default -> throw wrong("Unrecognized match type " + operator.getKey());
        };
    }

    private static Condition any(Predicate<JsonNode> test) {
        return values -> values.stream().anyMatch(test);
    }

    private static Condition exists(JsonNode wanted) {
        if (!wanted.isBoolean()) {
            throw wrong("exists match pattern must be either true or false.");
        }
        return values -> values.isEmpty() != wanted.asBoolean();
    }

    private static Predicate<JsonNode> starting(String prefix) {
        return value -> value.isTextual() && value.asText().startsWith(prefix);
    }

    private static Predicate<JsonNode> ending(String suffix) {
        return value -> value.isTextual() && value.asText().endsWith(suffix);
    }

    private static Predicate<JsonNode> other(JsonNode wanted) {
        if (wanted.isObject() && wanted.size() == 1) {
            Map.Entry<String, JsonNode> operator = wanted.properties().iterator().next();
            return switch (operator.getKey()) {
                case "prefix" -> starting(text(operator.getValue(), "prefix")).negate();
                case "suffix" -> ending(text(operator.getValue(), "suffix")).negate();
                default -> throw wrong("Unsupported anything-but pattern: " + operator.getKey());
            };
        }
        List<JsonNode> excluded = new ArrayList<>();
        if (wanted.isArray()) {
            wanted.forEach(excluded::add);
        } else {
            excluded.add(wanted);
        }
        if (excluded.isEmpty() || !excluded.stream().allMatch(node -> node.isTextual() || node.isNumber())) {
            throw wrong("anything-but takes strings, numbers, a prefix or a suffix");
        }
        return value -> excluded.stream().noneMatch(node -> isSame(node, value));
    }

    private static Predicate<JsonNode> numeric(JsonNode wanted) {
        if (!wanted.isArray() || wanted.isEmpty() || wanted.size() % 2 != 0 || wanted.size() > 4) {
            throw wrong("Value of numeric must be an array of a comparison and a number, or of two such pairs");
        }
        Predicate<JsonNode> all = JsonNode::isNumber;
        for (int i = 0; i < wanted.size(); i += 2) {
            String comparison = wanted.get(i).asText();
            JsonNode limit = wanted.get(i + 1);
            if (!COMPARISONS.contains(comparison) || !limit.isNumber()) {
                throw wrong("Unrecognized numeric range operator: " + comparison + " " + limit);
            }
            if (limit.decimalValue().abs().compareTo(LARGEST_NUMBER) > 0) {
                throw wrong("Value of " + comparison + " must be between -1.0E9 and 1.0E9");
            }
            all = all.and(value -> {
                int order = value.decimalValue().compareTo(limit.decimalValue());
                return switch (comparison) {
                    case "=" -> order == 0;
                    case "<" -> order < 0;
                    case "<=" -> order <= 0;
                    case ">" -> order > 0;
                    default -> order >= 0;
                };
            });
        }
        return all;
    }

    private static boolean isSame(JsonNode wanted, JsonNode value) {
        if (wanted.isNumber() && value.isNumber()) {
            return wanted.decimalValue().compareTo(value.decimalValue()) == 0;
        }
        return wanted.equals(value);
    }

    private static String text(JsonNode node, String operator) {
        if (!node.isTextual() || node.asText().isEmpty()) {
            throw wrong(operator + " match pattern must be a string");
        }
        return node.asText();
    }

    private static SnsException wrong(String what) {
        return SnsException.invalid("FilterPolicy: " + what);
    }

    boolean admits(Map<String, Attribute> attributes) {
        return conditions.entrySet().stream().allMatch(condition -> {
            Attribute attribute = attributes.get(condition.getKey());
            List<JsonNode> values = attribute == null ? List.of() : attribute.values();
            return condition.getValue().stream().anyMatch(one -> one.holds(values));
        });
    }

    /** Returns the policy as it was given. */
    String text() {
        return text;
    }
}
