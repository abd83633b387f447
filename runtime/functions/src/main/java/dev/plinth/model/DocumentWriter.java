package dev.plinth.model;

import io.micronaut.json.tree.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes an object of a document; what is null is left out. */
final class DocumentWriter {
    private final Map<String, JsonNode> fields = new LinkedHashMap<>();

    DocumentWriter put(String name, String value) {
        if (value != null) {
            fields.put(name, JsonNode.createStringNode(value));
        }
        return this;
    }

    DocumentWriter put(String name, Integer value) {
        if (value != null) {
            fields.put(name, JsonNode.createNumberNode(value));
        }
        return this;
    }

    DocumentWriter putIf(String name, boolean value) {
        if (value) {
            fields.put(name, JsonNode.createBooleanNode(true));
        }
        return this;
    }

    <T> DocumentWriter put(String name, List<T> elements, Function<T, JsonNode> json) {
        fields.put(name, JsonNode.createArrayNode(elements.stream().map(json).toList()));
        return this;
    }

    JsonNode node() {
        return JsonNode.createObjectNode(fields);
    }
}
