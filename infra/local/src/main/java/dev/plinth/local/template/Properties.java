package dev.plinth.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The resolved properties of a resource, or of an object inside them. It records what was read, so that {@link #done()}
 * can name the properties that nobody honoured.
 *
 * <p>Values are converted as CloudFormation does: a number or a boolean may be written as a string, and the reverse.
 * Not thread-safe.
 */
public final class Properties {
    private final Place place;
    private final ObjectNode values;
    private final Set<String> read = new HashSet<>();
    private final Map<String, String> ignored = new TreeMap<>();
    private final Map<String, Properties> nested = new LinkedHashMap<>();

    Properties(Place place, ObjectNode values) {
        this.place = place;
        this.values = values;
    }

    /** Tells whether a property is there, without taking it for read. */
    public boolean has(String name) {
        return values.has(name);
    }

    public String string(String name) {
        return optionalString(name).orElseThrow(() -> missing(name));
    }

    public Optional<String> optionalString(String name) {
        return value(name).map(value -> text(value, place.at(name)));
    }

    public int integer(String name) {
        return optionalInteger(name).orElseThrow(() -> missing(name));
    }

    public Optional<Integer> optionalInteger(String name) {
        return optionalDecimal(name).map(number -> {
            try {
                return number.intValueExact();
            } catch (ArithmeticException e) {
                throw place.at(name).refuse(number.toPlainString(), "an integer of 32 bits");
            }
        });
    }

    public Optional<BigDecimal> optionalDecimal(String name) {
        return value(name).map(value -> {
            try {
                return new BigDecimal(text(value, place.at(name)));
            } catch (NumberFormatException e) {
                throw place.at(name).refuse(value.toString(), "a number");
            }
        });
    }

    public boolean bool(String name) {
        return optionalBool(name).orElseThrow(() -> missing(name));
    }

    public Optional<Boolean> optionalBool(String name) {
        return value(name).map(value -> switch (text(value, place.at(name))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw place.at(name).refuse(value.toString(), "true, false");
        });
    }

    /** Returns a string that is one of the given ones, or nothing if the property is absent. */
    public Optional<String> oneOf(String name, String... supported) {
        Optional<String> value = optionalString(name);
        if (value.isPresent() && !Arrays.asList(supported).contains(value.get())) {
            throw refuse(name, String.join(", ", supported));
        }
        return value;
    }

    /** Returns a list of strings, empty if the property is absent. */
    public List<String> strings(String name) {
        List<String> strings = new ArrayList<>();
        int index = 0;
        for (JsonNode item : list(name)) {
            strings.add(text(item, place.at(name).at(index++)));
        }
        return strings;
    }

    /** Returns an object whose values are strings, in template order; empty if the property is absent. */
    public Map<String, String> stringMap(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        value(name).ifPresent(value -> asObject(value, place.at(name)).properties()
                .forEach(entry -> map.put(entry.getKey(), text(entry.getValue(), place.at(name).at(entry.getKey())))));
        return map;
    }

    public Properties object(String name) {
        return optionalObject(name).orElseThrow(() -> missing(name));
    }

    public Optional<Properties> optionalObject(String name) {
        return value(name).map(value -> nest(value, place.at(name)));
    }

    /** Returns a list of objects, empty if the property is absent. */
    public List<Properties> objects(String name) {
        List<Properties> objects = new ArrayList<>();
        int index = 0;
        for (JsonNode item : list(name)) {
            objects.add(nest(item, place.at(name).at(index++)));
        }
        return objects;
    }

    /** Returns a value as it stands, for a document with a reader of its own: the whole of it counts as read. */
    public JsonNode json(String name) {
        return optionalJson(name).orElseThrow(() -> missing(name));
    }

    /** Returns a value as it stands, or nothing if the property is absent. */
    public Optional<JsonNode> optionalJson(String name) {
        return value(name).map(JsonNode::deepCopy);
    }

    /** Returns every property as it stands, for whoever hands them on: all of them count as read. */
    public ObjectNode all() {
        values.fieldNames().forEachRemaining(read::add);
        return values.deepCopy();
    }

    /** Declares that a property is left without effect, and why. It need not be there. */
    public void ignored(String name, String reason) {
        if (values.has(name)) {
            read.add(name);
            ignored.put(place.at(name).pointer(), reason);
        }
    }

    /** Declares that every property that has not been read is left without effect, and why. */
    public void ignoredRest(String reason) {
        values.fieldNames().forEachRemaining(name -> {
            if (!read.contains(name)) {
                ignored(name, reason);
            }
        });
        nested.values().forEach(object -> object.ignoredRest(reason));
    }

    /** Returns the properties that were there and were declared as ignored: the reason by JSON pointer. */
    public Map<String, String> ignored() {
        Map<String, String> all = new TreeMap<>(ignored);
        nested.values().forEach(object -> all.putAll(object.ignored()));
        return all;
    }

    /** Returns the exception that says that a property's value cannot be honoured. The caller throws it. */
    public TemplateException refuse(String name, String supported) {
        JsonNode value = values.path(name);
        return place.at(name).refuse(value.isMissingNode() ? "nothing" : value.toString(), supported);
    }

    /**
     * Ends the reading. The deployment calls this after each resource, so a creator need not.
     *
     * @throws TemplateException if a property was neither read nor declared as ignored; it names all such properties
     */
    public void done() {
        List<String> left = new ArrayList<>();
        leftOver(left, place.pointer().length() + 1);
        if (!left.isEmpty()) {
            throw place.refuse("properties that have no effect here: " + String.join(", ", left), supportedNames());
        }
    }

    private void leftOver(List<String> left, int prefix) {
        values.fieldNames().forEachRemaining(name -> {
            if (!read.contains(name)) {
                left.add(place.at(name).pointer().substring(prefix));
            }
        });
        nested.values().forEach(object -> object.leftOver(left, prefix));
    }

    private String supportedNames() {
        return read.isEmpty() ? "none" : String.join(", ", read.stream().sorted().toList());
    }

    private Optional<JsonNode> value(String name) {
        read.add(name);
        JsonNode value = values.path(name);
        return value.isMissingNode() ? Optional.empty() : Optional.of(value);
    }

    private JsonNode list(String name) {
        JsonNode value = value(name).orElse(MissingNode.getInstance());
        if (!value.isMissingNode() && !value.isArray()) {
            throw refuse(name, "a list");
        }
        return value;
    }

    private Properties nest(JsonNode value, Place where) {
        return nested.computeIfAbsent(where.pointer(), pointer -> new Properties(where, asObject(value, where)));
    }

    private TemplateException missing(String name) {
        return refuse(name, "a value, since the property is required");
    }

    private static ObjectNode asObject(JsonNode value, Place where) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw where.refuse(value.toString(), "an object");
    }

    private static String text(JsonNode value, Place where) {
        if (!value.isValueNode() || value.isNull()) {
            throw where.refuse(value.toString(), "a string, a number or a boolean");
        }
        return value.asText();
    }
}
