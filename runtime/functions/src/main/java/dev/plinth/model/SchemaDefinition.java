package dev.plinth.model;

import dev.plinth.failure.Failure;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The entities of a system, with their fields and relations. */
@Serdeable
@Schema(name = "SchemaDefinition", description = "The entities of a system, with their fields and relations.")
public record SchemaDefinition(
        @Schema(example = "Shop") String name,
        @Nullable String description,
        List<Entity> entities) {
    static final int MOST_ENTITIES = 50;
    static final int MOST_FIELDS_OF_ENTITY = 100;
    static final int MOST_FIELDS = 1_000;
    static final int MOST_RELATIONS_OF_ENTITY = 20;
    static final int MOST_RELATIONS = 200;
    static final int MOST_VALUES_OF_FIELD = 50;
    static final int MOST_VALUES = 1_000;

    private static final int MOST_LENGTH = 65_535;
    private static final int MOST_DIGITS = 38;

    private static final Set<String> KNOWN = Set.of("name", "description", "entities");
    private static final Set<String> KNOWN_OF_ENTITY = Set.of("name", "description", "fields", "relations");
    private static final Set<String> KNOWN_OF_FIELD =
            Set.of("name", "type", "required", "unique", "maxLength", "precision", "scale", "values");
    private static final Set<String> KNOWN_OF_RELATION = Set.of("name", "kind", "target", "required");

    public SchemaDefinition {
        entities = List.copyOf(entities);
    }

    /**
     * Returns the definition that somebody wrote.
     *
     * @throws Failure INVALID_REQUEST with the rules that it breaks, each with a pointer, the first hundred if
     *         there are more; a document that is too long is refused without being read
     */
    public static SchemaDefinition of(JsonNode document) {
        Violations violations = new Violations();
        SchemaDefinition read = read(document, violations);
        new SchemaRules(read, violations).check();
        violations.failIfAny();
        return read;
    }

    /**
     * Returns a definition that {@link #toJson} wrote. It is not judged again: it stays readable when rules grow.
     *
     * @throws IllegalArgumentException when it is no such document
     */
    public static SchemaDefinition stored(JsonNode document) {
        Violations violations = new Violations();
        SchemaDefinition read = read(document, violations);
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException("This is no stored schema");
        }
        return read;
    }

    /** Returns the document of which {@link #of} makes the same definition. */
    public JsonNode toJson() {
        return new DocumentWriter()
                .put("name", name)
                .put("description", description)
                .put("entities", entities, SchemaDefinition::json)
                .node();
    }

    /** Returns the entity of a name; null when there is none. */
    public Entity entity(String named) {
        return entities.stream().filter(entity -> named.equals(entity.name())).findFirst().orElse(null);
    }

    /** Returns the columns that refer from one entity to another, in the order of the document. */
    public List<Reference> references() {
        List<Reference> references = new ArrayList<>();
        for (Entity entity : entities) {
            for (Relation relation : entity.relations()) {
                Entity target = entity(relation.target());
                switch (relation.kind()) {
                    case MANY_TO_ONE, ONE_TO_ONE -> references.add(new Reference(entity, relation.name(), target,
                            relation.required() || isRequiredFromOtherSide(entity, relation),
                            relation.kind() == RelationKind.ONE_TO_ONE));
                    case ONE_TO_MANY -> {
                        if (otherSide(entity, relation) == null) {
                            references.add(new Reference(target, entity.name(), entity, relation.required(), false));
                        }
                    }
                    case MANY_TO_MANY -> {
                        // A table of its own: see joins().
                    }
                }
            }
        }
        return references;
    }

    /** Returns the columns of an entity that refer to another. */
    public List<Reference> references(Entity holder) {
        return references().stream()
                .filter(reference -> reference.holder().name().equals(holder.name()))
                .toList();
    }

    /** Returns the tables of pairs, in the order of the document. */
    public List<Join> joins() {
        return entities.stream().flatMap(entity -> joins(entity).stream()).toList();
    }

    /** Returns the tables of pairs of which an entity is the owner. */
    public List<Join> joins(Entity owner) {
        return owner.relations().stream()
                .filter(relation -> relation.kind() == RelationKind.MANY_TO_MANY)
                .map(relation -> new Join(owner, relation, entity(relation.target())))
                .toList();
    }

    /** Returns the relation of the target that is the same column as a ONE_TO_MANY; null when there is none. */
    Relation otherSide(Entity one, Relation oneToMany) {
        return entity(oneToMany.target()).relations().stream()
                .filter(relation -> relation.kind() == RelationKind.MANY_TO_ONE && one.name().equals(relation.target())
                        && Names.isIdentifier(relation.name())
                        && Names.lowerCamel(relation.name()).equals(Names.lowerCamel(one.name())))
                .findFirst().orElse(null);
    }

    private boolean isRequiredFromOtherSide(Entity holder, Relation manyToOne) {
        Entity one = entity(manyToOne.target());
        return one.relations().stream().anyMatch(relation -> relation.kind() == RelationKind.ONE_TO_MANY
                && relation.required() && holder.name().equals(relation.target())
                && manyToOne.equals(otherSide(one, relation)));
    }

    private static SchemaDefinition read(JsonNode document, Violations violations) {
        DocumentReader reader = DocumentReader.of(violations, "", document, KNOWN);
        reader.require("name");
        reader.require("entities");
        return new SchemaDefinition(reader.text("name", Text.TITLE), reader.text("description", Text.DESCRIPTION),
                isTooLarge(document, violations) ? List.of()
                        : reader.objects("entities", MOST_ENTITIES, KNOWN_OF_ENTITY, SchemaDefinition::entity));
    }

    /** Counts before anything is read, so that a document far too large costs next to nothing. */
    private static boolean isTooLarge(JsonNode document, Violations violations) {
        int fields = 0;
        int relations = 0;
        int values = 0;
        if (DocumentReader.size(document, "entities") == 0) {
            return false;
        }
        int index = 0;
        for (JsonNode entity : document.get("entities").values()) {
            int own = DocumentReader.size(entity, "fields");
            fields += own;
            relations += DocumentReader.size(entity, "relations");
            if (fields > MOST_FIELDS) {
                if (own > MOST_FIELDS_OF_ENTITY) {
                    violations.add("/entities/" + index + "/fields",
                            "must have at most " + MOST_FIELDS_OF_ENTITY + " elements");
                }
                break;
            }
            index++;
            if (own > 0) {
                for (JsonNode field : entity.get("fields").values()) {
                    values += DocumentReader.size(field, "values");
                }
            }
        }
        return isAbove(MOST_FIELDS, fields, "fields", violations)
                | isAbove(MOST_RELATIONS, relations, "relations", violations)
                | isAbove(MOST_VALUES, values, "values of enumerations", violations);
    }

    private static boolean isAbove(int most, int count, String what, Violations violations) {
        if (count > most) {
            violations.add("/entities", "must have at most " + most + ' ' + what + " in all");
        }
        return count > most;
    }

    private static Entity entity(DocumentReader reader) {
        reader.require("name");
        reader.require("fields");
        return new Entity(reader.text("name"), reader.text("description", Text.DESCRIPTION),
                reader.objects("fields", MOST_FIELDS_OF_ENTITY, KNOWN_OF_FIELD, SchemaDefinition::field),
                reader.objects("relations", MOST_RELATIONS_OF_ENTITY, KNOWN_OF_RELATION, SchemaDefinition::relation));
    }

    private static Field field(DocumentReader reader) {
        reader.require("name");
        reader.require("type");
        return new Field(reader.text("name"), reader.constant("type", FieldType.class),
                reader.flag("required"), reader.flag("unique"),
                reader.whole("maxLength", 1, MOST_LENGTH), reader.whole("precision", 1, MOST_DIGITS),
                reader.whole("scale", 0, MOST_DIGITS), reader.texts("values", MOST_VALUES_OF_FIELD));
    }

    private static Relation relation(DocumentReader reader) {
        reader.require("name");
        reader.require("kind");
        reader.require("target");
        return new Relation(reader.text("name"), reader.constant("kind", RelationKind.class), reader.text("target"),
                reader.flag("required"));
    }

    private static JsonNode json(Entity entity) {
        return new DocumentWriter()
                .put("name", entity.name())
                .put("description", entity.description())
                .put("fields", entity.fields(), SchemaDefinition::json)
                .put("relations", entity.relations(), SchemaDefinition::json)
                .node();
    }

    private static JsonNode json(Field field) {
        DocumentWriter writer = new DocumentWriter()
                .put("name", field.name())
                .put("type", field.type().name())
                .putIf("required", field.required())
                .putIf("unique", field.unique())
                .put("maxLength", field.maxLength())
                .put("precision", field.precision())
                .put("scale", field.scale());
        return (field.values().isEmpty() ? writer : writer.put("values", field.values(), JsonNode::createStringNode))
                .node();
    }

    private static JsonNode json(Relation relation) {
        return new DocumentWriter()
                .put("name", relation.name())
                .put("kind", relation.kind().name())
                .put("target", relation.target())
                .putIf("required", relation.required())
                .node();
    }
}
