package dev.plinth.contents;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes trees as the texts that are stored, and reads them back. */
@Singleton
final class JsonTree {
    private final JsonMapper json;

    JsonTree(JsonMapper json) {
        this.json = json;
    }

    JsonNode read(String text) {
        try {
            return json.readValue(text, JsonNode.class);
        } catch (IOException damaged) {
            throw new UncheckedIOException("A stored text is no JSON", damaged);
        }
    }

    String write(JsonNode tree) {
        try {
            return json.writeValueAsString(tree);
        } catch (IOException impossible) {
            throw new UncheckedIOException("A tree can always be written", impossible);
        }
    }

    /** Returns an object with the fields of a record and then those of another object. */
    JsonNode join(Object first, JsonNode second) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        try {
            json.writeValueToTree(first).entries().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
        } catch (IOException impossible) {
            throw new UncheckedIOException("A record of ours can always be written", impossible);
        }
        second.entries().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
        return JsonNode.createObjectNode(fields);
    }
}
