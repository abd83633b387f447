package dev.plinth.generation;

import dev.plinth.functions.checkpoint.Priming;
import dev.plinth.generator.GenerationInput;
import dev.plinth.generator.Generator;
import dev.plinth.model.ArchitectureDefinition;
import dev.plinth.model.ProjectSettings;
import dev.plinth.model.SchemaDefinition;
import io.micronaut.context.annotation.Requires;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;

/** Looks for a snapshot that is not there, and generates a small project into nothing. */
@Singleton
@Requires(env = "generation-worker")
class WorkerPriming implements Priming {
    private static final String SCHEMA = """
            {"name": "Priming", "entities": [{"name": "Thing", "fields": [{"name": "size", "type": "LONG"}]}]}""";
    private static final String ARCHITECTURE = """
            {"name": "Priming", "components": [{"id": "jobs", "type": "QUEUE"}], "connections": []}""";

    private final Snapshots snapshots;
    private final Generator generator;
    private final JsonMapper json;

    WorkerPriming(Snapshots snapshots, Generator generator, JsonMapper json) {
        this.snapshots = snapshots;
        this.generator = generator;
        this.json = json;
    }

    @Override
    public void prime() {
        GenerationInput input = new GenerationInput("Priming", SchemaDefinition.of(tree(SCHEMA)),
                ArchitectureDefinition.of(tree(ARCHITECTURE)), ProjectSettings.of(Map.of()));
        snapshots.write(input);
        snapshots.find(new UUID(0, 0));
        try {
            Measured.of(generator.generate(input)::writeTo, 0);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private JsonNode tree(String text) {
        try {
            return json.readValue(text, JsonNode.class);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
