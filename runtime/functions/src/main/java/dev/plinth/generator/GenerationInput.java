package dev.plinth.generator;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import dev.plinth.model.ArchitectureDefinition;
import dev.plinth.model.Component;
import dev.plinth.model.Field;
import dev.plinth.model.ProjectSettings;
import dev.plinth.model.SchemaDefinition;
import dev.plinth.model.Text;
import io.micronaut.json.tree.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All that the generator knows of a project. Whoever has one can generate from it.
 *
 * @param project what the project is called: any text, kept as one line that every format holds
 */
public record GenerationInput(
        String project, SchemaDefinition schema, ArchitectureDefinition architecture, ProjectSettings settings) {
    private static final String NAMELESS = "Project";

    private static final String PROJECT = "project";
    private static final String SCHEMA = "schema";
    private static final String ARCHITECTURE = "architecture";
    private static final String SETTINGS = "settings";

    /**
     * Puts together what was stored apart.
     *
     * @throws Failure INVALID_REQUEST at {@code /architectureId} when the architecture names an entity that the schema
     *         does not have, or would let its items expire by a field that is no number of seconds
     */
    public GenerationInput {
        String line = Text.fit(project);
        project = line.isEmpty() ? NAMELESS : line;
        Objects.requireNonNull(settings, "settings");
        List<Violation> violations = architecture.components().stream()
                .flatMap(component -> fault(component, schema).stream())
                .map(fault -> new Violation(Violation.Place.BODY, "/architectureId", fault))
                .toList();
        if (!violations.isEmpty()) {
            throw Failure.invalid(violations);
        }
    }

    /**
     * Returns the input of which {@link #toJson} made the document.
     *
     * @throws Failure INVALID_REQUEST when it is none, or breaks a rule
     */
    public static GenerationInput of(JsonNode document) {
        if (!document.isObject() || document.get(PROJECT) == null || !document.get(PROJECT).isString()
                || document.get(SCHEMA) == null || document.get(ARCHITECTURE) == null
                || document.get(SETTINGS) == null) {
            throw Failure.invalid(Violation.Place.BODY, "", "must be an object with " + String.join(", ",
                    PROJECT, SCHEMA, ARCHITECTURE, SETTINGS));
        }
        return new GenerationInput(document.get(PROJECT).getStringValue(), SchemaDefinition.of(document.get(SCHEMA)),
                ArchitectureDefinition.of(document.get(ARCHITECTURE)), ProjectSettings.of(document.get(SETTINGS)));
    }

    /** Returns all of it as a document, for whoever generates later. */
    public JsonNode toJson() {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        fields.put(PROJECT, JsonNode.createStringNode(project));
        fields.put(SCHEMA, schema.toJson());
        fields.put(ARCHITECTURE, architecture.toJson());
        fields.put(SETTINGS, settings.toJson());
        return JsonNode.createObjectNode(fields);
    }

    private static Optional<String> fault(Component component, SchemaDefinition schema) {
        if (component.entity() == null) {
            return Optional.empty();
        }
        if (schema.entity(component.entity()) == null) {
            return Optional.of("names an architecture whose component " + component.id() + " keeps the entity "
                    + component.entity() + ", which the schema does not have");
        }
        return schema.entity(component.entity()).fields().stream()
                .filter(field -> field.name().equals(component.timeToLive()) && !isSeconds(field))
                .map(field -> "names an architecture whose component " + component.id() + " expires by "
                        + field.name() + ", which is " + field.type() + " in the schema and must be INTEGER or LONG")
                .findFirst();
    }

    private static boolean isSeconds(Field field) {
        return switch (field.type()) {
            case INTEGER, LONG -> true;
            default -> false;
        };
    }
}
