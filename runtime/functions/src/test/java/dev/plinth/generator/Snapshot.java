package dev.plinth.generator;

import dev.plinth.model.ArchitectureDefinition;
import dev.plinth.model.ProjectSettings;
import dev.plinth.model.SchemaDefinition;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** An input for tests in other packages, and what writes it. */
public final class Snapshot {
    public static final String SCHEMA = """
            {"name": "Shop", "entities": [
              {"name": "Customer", "fields": [{"name": "email", "type": "STRING", "required": true, "unique": true}]},
              {"name": "Order", "fields": [{"name": "placedAt", "type": "TIMESTAMP"}],
               "relations": [{"name": "customer", "kind": "MANY_TO_ONE", "target": "Customer", "required": true}]}]}
            """;
    public static final String ARCHITECTURE = """
            {"name": "Shop", "components": [
              {"id": "web", "type": "CLIENT"}, {"id": "orders", "type": "TABLE", "entity": "Order"},
              {"id": "placed", "type": "TOPIC"}, {"id": "mail", "type": "QUEUE"}],
             "connections": [{"from": "web", "to": "orders"}, {"from": "placed", "to": "mail"}]}
            """;

    private static final JsonMapper JSON = JsonMapper.createDefault();

    private Snapshot() {
    }

    public static GenerationInputs inputs() {
        return new GenerationInputs(JSON);
    }

    public static GenerationInput shop() {
        return new GenerationInput("Bookshop", SchemaDefinition.of(tree(SCHEMA)),
                ArchitectureDefinition.of(tree(ARCHITECTURE)), ProjectSettings.of(Map.of()));
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readValue(json, JsonNode.class);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
