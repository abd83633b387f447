package dev.plinth.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The rules of a schema beyond the types of its values: names fit every language that they are generated into, and
 * relations lead somewhere. A part that breaks a rule is left out where further rules would only repeat it.
 */
final class SchemaRules {

    /** PostgreSQL cuts off what is longer, in silence (NAMEDATALEN). */
    private static final int MOST_SQL_CHARACTERS = 63;

    private static final List<String> IMPLICIT = List.of("id", "createdAt", "updatedAt");

    private final SchemaDefinition schema;
    private final Violations violations;

    /** Who has a name already, by the name as file systems and databases tell names apart. */
    private final Map<String, String> typeNames = new HashMap<>();
    private final Map<String, String> tables = new HashMap<>();

    /** The same for the properties of each entity. Two entities may wrongly have one name, and even be equal. */
    private final Map<Entity, Map<String, String>> properties = new IdentityHashMap<>();

    private final FieldRules fieldRules;
    private final RequiredRelations required;

    SchemaRules(SchemaDefinition schema, Violations violations) {
        this.schema = schema;
        this.violations = violations;
        this.fieldRules = new FieldRules(violations);
        this.required = new RequiredRelations(violations);
    }

    void check() {
        if (schema.entities().isEmpty() && violations.isEmpty()) {
            violations.add("/entities", "must have at least one element");
        }
        each(this::entity);
        each(this::fields);
        each((entity, pointer) -> relations(entity, pointer, this::outgoing));
        // Last, since a column that comes from elsewhere gives way to one that the entity has itself.
        each((entity, pointer) -> relations(entity, pointer, this::incoming));
        required.check();
    }

    private void entity(Entity entity, String pointer) {
        String at = pointer + "/name";
        if (!isIdentifier(entity.name(), at)) {
            return;
        }
        type(entity.typeName(), "the entity " + entity.name(), at);
        table(entity.table(), "the entity " + entity.name(), at);
        Map<String, String> names = new HashMap<>();
        IMPLICIT.forEach(name -> names.put(key(name), "what every entity has by itself"));
        properties.put(entity, names);
    }

    private void fields(Entity entity, String pointer) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < entity.fields().size(); i++) {
            Field field = entity.fields().get(i);
            String at = pointer + "/fields/" + i;
            fieldRules.check(field, at);
            if (isIdentifier(field.name(), at + "/name") && Names.isIdentifier(entity.name())) {
                field(entity, field, at + "/name");
                names.add(key(field.name()));
            }
        }
        for (int i = 0; i < entity.relations().size(); i++) {
            String name = entity.relations().get(i).name();
            String at = pointer + "/relations/" + i + "/name";
            if (isIdentifier(name, at) && !names.add(key(name))) {
                violations.add(at, "is the name of another field or relation already, but for capitals");
            }
        }
    }

    private void field(Entity entity, Field field, String at) {
        if (ReservedWords.POSTGRESQL.contains(field.column())) {
            violations.add(at, "gives the column " + field.column() + ", which is a reserved word of PostgreSQL");
        } else if (ReservedWords.SYSTEM_COLUMNS.contains(field.column())) {
            violations.add(at, "gives the column " + field.column() + ", which every table of PostgreSQL has already");
        } else if (isComponent(field.property(), at)) {
            column(field.column(), at);
        }
        claim(properties.get(entity), field.property(), "the field " + field.name(), at);
        if (field.type() == FieldType.ENUM) {
            type(entity.enumName(field), "the enumeration of " + entity.name() + '.' + field.name(), at);
        }
    }

    private void relations(Entity entity, String pointer, RelationRule rule) {
        if (!properties.containsKey(entity)) {
            return;
        }
        for (int i = 0; i < entity.relations().size(); i++) {
            Relation relation = entity.relations().get(i);
            if (relation.kind() != null && Names.isIdentifier(relation.name())) {
                rule.check(entity, relation, pointer + "/relations/" + i);
            }
        }
    }

    private void outgoing(Entity entity, Relation relation, String at) {
        if (relation.target() == null) {
            return;
        }
        Entity target = schema.entity(relation.target());
        if (target == null) {
            violations.add(at + "/target", "is no entity of this schema");
            return;
        }
        Map<String, String> names = properties.get(entity);
        String who = "the relation " + relation.name();
        switch (relation.kind()) {
            case MANY_TO_ONE, ONE_TO_ONE -> {
                column(Reference.column(relation.name()), at + "/name");
                claim(names, Reference.property(relation.name()), who, at + "/name");
                require(relation, entity, target, at);
            }
            case MANY_TO_MANY -> {
                if (isComponent(Names.lowerCamel(relation.name()), at + "/name")) {
                    claim(names, Names.lowerCamel(relation.name()), who, at + "/name");
                }
                table(Join.table(entity, relation), who + " of " + entity.name(), at + "/name");
                column(Join.targetColumn(entity.name(), target.name()), at + "/target");
                column(Reference.column(entity.name()), at + "/name");
                if (relation.required()) {
                    violations.add(at + "/required", "must not be true for MANY_TO_MANY, as no column can require it");
                }
            }
            case ONE_TO_MANY -> require(relation, target, entity, at);
        }
    }

    private void require(Relation relation, Entity holder, Entity target, String at) {
        if (relation.required()) {
            required.add(holder, target, at);
        }
    }

    private void incoming(Entity entity, Relation relation, String at) {
        Entity target = schema.entity(String.valueOf(relation.target()));
        if (relation.kind() != RelationKind.ONE_TO_MANY || target == null || !properties.containsKey(target)
                || schema.otherSide(entity, relation) != null) {
            return;
        }
        String property = Reference.property(entity.name());
        column(Reference.column(entity.name()), at + "/name");
        String holder = properties.get(target).putIfAbsent(key(property),
                "the relation " + relation.name() + " of " + entity.name());
        if (holder != null) {
            violations.add(at + "/name", "gives " + target.name() + " the property " + property
                    + ", as does " + holder + "; write the relation as MANY_TO_ONE in " + target.name());
        }
    }

    private void type(String name, String who, String at) {
        if (ReservedWords.WINDOWS.contains(name.toLowerCase(Locale.ROOT))) {
            violations.add(at, "gives the file " + name + ".java, which is the name of a device on Windows");
        }
        String holder = typeNames.putIfAbsent(key(name), who);
        if (holder != null) {
            violations.add(at, "gives the type " + name + ", as does " + holder + ", but for capitals");
        }
    }

    private void table(String name, String who, String at) {
        if (ReservedWords.POSTGRESQL.contains(name)) {
            violations.add(at, "gives the table " + name + ", which is a reserved word of PostgreSQL");
        }
        if (isTooLong(name)) {
            violations.add(at, "gives the table " + name + ", which is longer than the " + MOST_SQL_CHARACTERS
                    + " characters of PostgreSQL");
        }
        String holder = tables.putIfAbsent(name, who);
        if (holder != null) {
            violations.add(at, "gives the table " + name + ", as does " + holder);
        }
    }

    private void column(String name, String at) {
        if (isTooLong(name)) {
            violations.add(at, "gives the column " + name + ", which is longer than the " + MOST_SQL_CHARACTERS
                    + " characters of PostgreSQL");
        }
    }

    private boolean isComponent(String name, String at) {
        if (ReservedWords.JAVA.contains(name)) {
            violations.add(at, "gives the record component " + name + ", which is a reserved word of Java");
            return false;
        }
        if (ReservedWords.RECORD_COMPONENTS.contains(name)) {
            violations.add(at, "gives the record component " + name + ", a name that no component can have in Java");
            return false;
        }
        return true;
    }

    private void claim(Map<String, String> names, String property, String who, String at) {
        String holder = names.putIfAbsent(key(property), who);
        if (holder != null) {
            violations.add(at, "gives the property " + property + ", as does " + holder);
        }
    }

    private boolean isIdentifier(String name, String at) {
        if (name != null && !Names.isIdentifier(name)) {
            violations.add(at, Names.IDENTIFIER_RULE);
        }
        return Names.isIdentifier(name);
    }

    private static boolean isTooLong(String name) {
        return name.length() > MOST_SQL_CHARACTERS;
    }

    /** File systems and people do not tell names apart by capitals alone. */
    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private void each(EntityRule rule) {
        for (int i = 0; i < schema.entities().size(); i++) {
            rule.check(schema.entities().get(i), "/entities/" + i);
        }
    }

    private interface EntityRule {
        void check(Entity entity, String pointer);
    }

    private interface RelationRule {
        void check(Entity entity, Relation relation, String pointer);
    }
}
