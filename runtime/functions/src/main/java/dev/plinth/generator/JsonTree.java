package dev.plinth.generator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object of JSON on its way, in the order in which it is written; what is null is left out. */
final class JsonTree {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    static JsonTree object() {
        return new JsonTree();
    }

    static JsonTree object(String name, Object value) {
        return new JsonTree().with(name, value);
    }

    /** Adds a field: a tree, a list, a string, a number or a boolean. */
    JsonTree with(String name, Object value) {
        Object plain = plain(value);
        if (plain != null) {
            fields.put(name, plain);
        }
        return this;
    }

    Map<String, Object> map() {
        return fields;
    }

    private static Object plain(Object value) {
        if (value instanceof JsonTree tree) {
            return tree.fields;
        }
        return value instanceof List<?> list ? list.stream().map(JsonTree::plain).toList() : value;
    }
}
