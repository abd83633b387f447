package dev.plinth.generator;

import dev.plinth.model.ArchitectureDefinition;
import dev.plinth.model.ProjectSettings;
import dev.plinth.model.SchemaDefinition;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The worked example of the user's page, which is the one that people try first. */
public final class Examples {
    private static final Path PAGE = Path.of("../../infra/docs/studio.md");

    private Examples() {
    }

    /** Returns the example with the settings of a project that has chosen none. */
    public static GenerationInput shop() {
        return shop(Map.of());
    }

    static GenerationInput shop(Map<String, String> settings) {
        return new GenerationInput("Corner shop", SchemaDefinition.of(document("schema")),
                ArchitectureDefinition.of(document("architecture")), ProjectSettings.of(settings));
    }

    static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static JsonNode document(String kind) {
        Matcher block = Pattern.compile("(?s)```json " + kind + "\n(.*?)```").matcher(page());
        if (!block.find()) {
            throw new IllegalStateException("The page has no example of a " + kind);
        }
        try {
            return JsonMapper.createDefault().readValue(block.group(1), JsonNode.class);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
