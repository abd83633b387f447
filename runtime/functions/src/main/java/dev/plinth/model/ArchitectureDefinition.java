package dev.plinth.model;

import dev.plinth.failure.Failure;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;

/** What a system is made of, and what calls what. */
@Serdeable
@Schema(name = "ArchitectureDefinition", description = "What a system is made of, and what calls what. "
        + "At least one component is a TABLE, QUEUE, TOPIC or BUCKET.")
public record ArchitectureDefinition(
        @Schema(example = "Shop on AWS") String name,
        @Nullable String description,
        List<Component> components,
        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) List<Connection> connections) {
    static final int MOST_COMPONENTS = 40;
    static final int MOST_CONNECTIONS = 100;

    private static final int MOST_VISIBILITY_SECONDS = 43_200;
    private static final int MOST_RECEIVES = 1_000;
    private static final int MOST_DAYS = 3_650;

    private static final Set<String> KNOWN = Set.of("name", "description", "components", "connections");
    private static final Set<String> KNOWN_OF_COMPONENT = Set.of("id", "type", "description", "entity", "timeToLive",
            "visibilitySeconds", "maxReceives", "expireDays");
    private static final Set<String> KNOWN_OF_CONNECTION = Set.of("from", "to", "label");

    public ArchitectureDefinition {
        components = List.copyOf(components);
        connections = List.copyOf(connections);
    }

    /**
     * Returns the definition that somebody wrote.
     *
     * @throws Failure INVALID_REQUEST with the rules that it breaks, each with a pointer, the first hundred if
     *         there are more
     */
    public static ArchitectureDefinition of(JsonNode document) {
        Violations violations = new Violations();
        ArchitectureDefinition read = read(document, violations);
        new ArchitectureRules(read, violations).check();
        violations.failIfAny();
        return read;
    }

    /**
     * Returns a definition that {@link #toJson} wrote. It is not judged again: it stays readable when rules grow.
     *
     * @throws IllegalArgumentException when it is no such document
     */
    public static ArchitectureDefinition stored(JsonNode document) {
        Violations violations = new Violations();
        ArchitectureDefinition read = read(document, violations);
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException("This is no stored architecture");
        }
        return read;
    }

    /** Returns the document of which {@link #of} makes the same definition. */
    public JsonNode toJson() {
        return new DocumentWriter()
                .put("name", name)
                .put("description", description)
                .put("components", components, ArchitectureDefinition::json)
                .put("connections", connections, ArchitectureDefinition::json)
                .node();
    }

    /** Returns the component of an id; null when there is none. */
    public Component component(String id) {
        return components.stream().filter(component -> id.equals(component.id())).findFirst().orElse(null);
    }

    /** Returns the topics that a queue is subscribed to, in the order of the connections. */
    public List<Component> topics(Component queue) {
        return connections.stream()
                .filter(connection -> connection.to().equals(queue.id()) && isSubscription(connection))
                .map(connection -> component(connection.from()))
                .toList();
    }

    /** Tells whether a connection becomes a subscription: it leads from a topic to a queue. */
    public boolean isSubscription(Connection connection) {
        return component(connection.from()).type() == ComponentType.TOPIC
                && component(connection.to()).type() == ComponentType.QUEUE;
    }

    private static ArchitectureDefinition read(JsonNode document, Violations violations) {
        DocumentReader reader = DocumentReader.of(violations, "", document, KNOWN);
        reader.require("name");
        reader.require("components");
        return new ArchitectureDefinition(
                reader.text("name", Text.TITLE), reader.text("description", Text.DESCRIPTION),
                reader.objects("components", MOST_COMPONENTS, KNOWN_OF_COMPONENT, ArchitectureDefinition::component),
                reader.objects("connections", MOST_CONNECTIONS, KNOWN_OF_CONNECTION,
                        ArchitectureDefinition::connection));
    }

    private static Component component(DocumentReader reader) {
        reader.require("id");
        reader.require("type");
        return new Component(reader.text("id"), reader.constant("type", ComponentType.class),
                reader.text("description", Text.SENTENCE), reader.text("entity"), reader.text("timeToLive"),
                reader.whole("visibilitySeconds", 0, MOST_VISIBILITY_SECONDS),
                reader.whole("maxReceives", 1, MOST_RECEIVES),
                reader.whole("expireDays", 1, MOST_DAYS));
    }

    private static Connection connection(DocumentReader reader) {
        reader.require("from");
        reader.require("to");
        return new Connection(reader.text("from"), reader.text("to"), reader.text("label", Text.LABEL));
    }

    private static JsonNode json(Component component) {
        return new DocumentWriter()
                .put("id", component.id())
                .put("type", component.type().name())
                .put("description", component.description())
                .put("entity", component.entity())
                .put("timeToLive", component.timeToLive())
                .put("visibilitySeconds", component.visibilitySeconds())
                .put("maxReceives", component.maxReceives())
                .put("expireDays", component.expireDays())
                .node();
    }

    private static JsonNode json(Connection connection) {
        return new DocumentWriter()
                .put("from", connection.from())
                .put("to", connection.to())
                .put("label", connection.label())
                .node();
    }
}
