package dev.plinth.generator;

import dev.plinth.model.Entity;
import dev.plinth.model.Field;
import dev.plinth.model.FieldType;
import dev.plinth.model.Join;
import dev.plinth.model.Reference;
import dev.plinth.model.SchemaDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables in SQL for PostgreSQL, in one transaction. No name is quoted, since none that is a reserved word was let
 * in. Foreign keys come after all tables, so that tables may refer to each other in any order, and in circles.
 */
final class SqlSchema {
    private static final String USUAL_SCHEMA = "public";

    private final GenerationInput input;
    private final SchemaDefinition schema;
    private final List<Reference> references;
    private final SqlNames names;
    private final StringBuilder sql = new StringBuilder();

    SqlSchema(GenerationInput input) {
        this.input = input;
        this.schema = input.schema();
        this.references = schema.references();
        this.names = new SqlNames(Stream.concat(schema.entities().stream().map(Entity::table),
                schema.joins().stream().map(Join::table)).toList());
    }

    String text() {
        line("-- The tables of " + input.project() + ", for PostgreSQL 14 and newer.");
        line("");
        line("BEGIN;");
        line("");
        line("-- Backslashes in comments are meant as they stand.");
        line("SET LOCAL standard_conforming_strings = on;");
        if (!input.settings().sqlSchema().equals(USUAL_SCHEMA)) {
            line("");
            line("CREATE SCHEMA IF NOT EXISTS " + input.settings().sqlSchema() + ";");
        }
        schema.entities().forEach(this::table);
        schema.joins().forEach(this::table);
        references.forEach(this::foreignKey);
        schema.joins().forEach(this::foreignKeys);
        line("");
        line("COMMIT;");
        return sql.toString();
    }

    private void table(Entity entity) {
        List<String> lines = new ArrayList<>();
        lines.add("id uuid NOT NULL DEFAULT gen_random_uuid()");
        entity.fields().forEach(field -> lines.add(
                field.column() + ' ' + type(field) + (field.required() ? " NOT NULL" : "")));
        of(entity).forEach(reference -> lines.add(
                reference.column() + " uuid" + (reference.required() ? " NOT NULL" : "")));
        lines.add("created_at timestamptz NOT NULL DEFAULT now()");
        lines.add("updated_at timestamptz NOT NULL DEFAULT now()");
        lines.add(constraint(entity.table(), "", "pkey") + "PRIMARY KEY (id)");
        entity.fields().stream().filter(Field::unique).forEach(field ->
                lines.add(unique(entity, field.column())));
        of(entity).stream().filter(Reference::unique).forEach(reference ->
                lines.add(unique(entity, reference.column())));
        entity.fields().stream().filter(field -> field.type() == FieldType.ENUM).forEach(field ->
                lines.add(constraint(entity.table(), field.column(), "check") + "CHECK (" + field.column() + " IN ("
                        + field.values().stream().map(SqlSchema::literal).collect(Collectors.joining(", ")) + "))"));
        table(entity.table(), lines);
        comment("TABLE " + qualified(entity.table()), entity.description());
    }

    private void table(Join join) {
        table(join.table(), List.of(
                join.ownerColumn() + " uuid NOT NULL",
                join.targetColumn() + " uuid NOT NULL",
                constraint(join.table(), "", "pkey")
                        + "PRIMARY KEY (" + join.ownerColumn() + ", " + join.targetColumn() + ")"));
        comment("TABLE " + qualified(join.table()), "The " + join.relation().name() + " of each "
                + join.owner().name() + ".");
    }

    private void table(String name, Collection<String> lines) {
        line("");
        line("CREATE TABLE " + qualified(name) + " (");
        line(lines.stream().map(line -> "    " + line).collect(Collectors.joining(",\n")));
        line(");");
    }

    private void foreignKey(Reference reference) {
        String table = reference.holder().table();
        line("");
        foreignKey(table, reference.column(), reference.target(), "");
        if (!reference.unique()) {
            index(table, reference.column());
        }
    }

    /** The primary key begins with the owner, so it is the index of that column. */
    private void foreignKeys(Join join) {
        line("");
        foreignKey(join.table(), join.ownerColumn(), join.owner(), " ON DELETE CASCADE");
        foreignKey(join.table(), join.targetColumn(), join.target(), " ON DELETE CASCADE");
        index(join.table(), join.targetColumn());
    }

    private void foreignKey(String table, String column, Entity target, String onDelete) {
        line("ALTER TABLE " + qualified(table));
        line("    ADD " + constraint(table, column, "fkey") + "FOREIGN KEY (" + column + ") REFERENCES "
                + qualified(target.table()) + " (id)" + onDelete + ";");
    }

    private void index(String table, String column) {
        line("CREATE INDEX " + names.of(table, column, "idx") + " ON " + qualified(table) + " (" + column + ");");
    }

    private String unique(Entity entity, String column) {
        return constraint(entity.table(), column, "key") + "UNIQUE (" + column + ")";
    }

    private String constraint(String table, String column, String ending) {
        return "CONSTRAINT " + names.of(table, column, ending) + ' ';
    }

    private void comment(String what, String text) {
        if (text != null) {
            line("COMMENT ON " + what + " IS " + literal(text) + ";");
        }
    }

    private String qualified(String table) {
        return input.settings().sqlSchema() + '.' + table;
    }

    private List<Reference> of(Entity entity) {
        return references.stream().filter(reference -> reference.holder().name().equals(entity.name())).toList();
    }

    private static String type(Field field) {
        return switch (field.type()) {
            case STRING -> "varchar(" + field.length() + ")";
            case TEXT -> "text";
            case INTEGER -> "integer";
            case LONG -> "bigint";
            case DECIMAL -> "numeric(" + field.digits() + ", " + field.decimals() + ")";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIMESTAMP -> "timestamptz";
            case UUID -> "uuid";
            case ENUM -> "varchar(63)";
        };
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private void line(String text) {
        sql.append(text).append('\n');
    }
}
