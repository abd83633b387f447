package dev.plinth.model;

import io.micronaut.json.tree.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads an object of a document. What is missing, or of another type, is a violation, and reads as null or as nothing,
 * so that the rest is read as well. JSON's {@code null} is the same as absence.
 */
final class DocumentReader {
    private final Violations violations;
    private final String pointer;
    private final JsonNode object;

    private DocumentReader(Violations violations, String pointer, JsonNode object) {
        this.violations = violations;
        this.pointer = pointer;
        this.object = object;
    }

    /** Returns a reader of an object, which has no other fields than those that are known. */
    static DocumentReader of(Violations violations, String pointer, JsonNode node, Set<String> known) {
        if (!node.isObject()) {
            violations.add(pointer, "must be an object");
            return new DocumentReader(new Violations(), pointer, JsonNode.createObjectNode(Map.of()));
        }
        for (Map.Entry<String, JsonNode> field : node.entries()) {
            if (!known.contains(field.getKey())) {
                violations.add(pointer + '/' + escaped(field.getKey()), "is not a known field; known are "
                        + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
        return new DocumentReader(violations, pointer, node);
    }

    /** Returns where a field of the object is. */
    String at(String name) {
        return pointer + '/' + name;
    }

    /** Tells whether the object has the field, whatever it holds. */
    boolean has(String name) {
        JsonNode node = object.get(name);
        return node != null && !node.isNull();
    }

    void require(String name) {
        if (!has(name)) {
            violations.add(at(name), "is required");
        }
    }

    String text(String name) {
        if (!has(name)) {
            return null;
        }
        JsonNode node = object.get(name);
        if (!node.isString()) {
            violations.add(at(name), "must be a string");
            return null;
        }
        return node.getStringValue();
    }

    /** Returns a text that people read. */
    String text(String name, Text rule) {
        String text = text(name);
        if (text != null) {
            rule.fault(text).ifPresent(fault -> violations.add(at(name), fault));
        }
        return text;
    }

    boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        JsonNode node = object.get(name);
        if (!node.isBoolean()) {
            violations.add(at(name), "must be a boolean");
            return false;
        }
        return node.getBooleanValue();
    }

    Integer whole(String name, int least, int most) {
        if (!has(name)) {
            return null;
        }
        JsonNode node = object.get(name);
        if (!node.isNumber() || node.getNumberValue() instanceof BigDecimal
                || node.getNumberValue() instanceof Double || node.getNumberValue() instanceof Float) {
            violations.add(at(name), "must be a whole number, without a fraction or an exponent");
            return null;
        }
        BigInteger value = new BigInteger(node.getNumberValue().toString());
        if (value.compareTo(BigInteger.valueOf(least)) < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
            violations.add(at(name), "must be from " + least + " to " + most);
            return null;
        }
        return value.intValue();
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        violations.add(at(name), "must be one of " + Arrays.stream(type.getEnumConstants()).map(Enum::name)
                .collect(Collectors.joining(", ")));
        return null;
    }

    /** Returns the texts of a list, with an empty one in the place of what is no text. */
    List<String> texts(String name, int most) {
        List<String> texts = new ArrayList<>();
        List<JsonNode> nodes = nodes(name, most);
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).isString()) {
                texts.add(nodes.get(i).getStringValue());
            } else {
                violations.add(at(name) + '/' + i, "must be a string");
                texts.add("");
            }
        }
        return texts;
    }

    /** Returns what a function makes of each object of a list. */
    <T> List<T> objects(String name, int most, Set<String> known, Function<DocumentReader, T> element) {
        List<T> elements = new ArrayList<>();
        List<JsonNode> nodes = nodes(name, most);
        for (int i = 0; i < nodes.size(); i++) {
            elements.add(element.apply(of(violations, at(name) + '/' + i, nodes.get(i), known)));
        }
        return elements;
    }

    /** Returns how many elements a list has; none when it is no list. */
    static int size(JsonNode object, String name) {
        JsonNode list = object.isObject() ? object.get(name) : null;
        return list != null && list.isArray() ? list.size() : 0;
    }

    /** A list that is too long is refused as a whole, so that nobody has to read it. */
    private List<JsonNode> nodes(String name, int most) {
        if (!has(name)) {
            return List.of();
        }
        JsonNode list = object.get(name);
        if (!list.isArray()) {
            violations.add(at(name), "must be an array");
            return List.of();
        }
        if (list.size() > most) {
            violations.add(at(name), "must have at most " + most + " elements");
            return List.of();
        }
        List<JsonNode> nodes = new ArrayList<>(list.size());
        list.values().forEach(nodes::add);
        return nodes;
    }

    /** RFC 6901, section 3. */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
