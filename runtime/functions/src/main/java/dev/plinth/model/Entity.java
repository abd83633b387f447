package dev.plinth.model;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A kind of thing that a system keeps. Beside its fields each has an {@code id}, {@code createdAt} and
 * {@code updatedAt}.
 */
@Serdeable
@Schema(name = "SchemaEntity", description = "A kind of thing that a system keeps. "
        + "Beside its fields each has id, createdAt and updatedAt.")
public record Entity(
        @Schema(example = "Order") String name,
        @Nullable String description,
        List<Field> fields,
        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED) List<Relation> relations) {

    public Entity {
        fields = List.copyOf(fields);
        relations = List.copyOf(relations);
    }

    /** Returns the name of the table: the plural, as in {@code order_lines}. */
    public String table() {
        return Names.plural(Names.snake(name));
    }

    /** Returns the plural as part of a path, as in {@code order-lines}. */
    public String path() {
        return table().replace('_', '-');
    }

    /** Returns the plural as part of an identifier, as in {@code OrderLines}. */
    public String pluralName() {
        return Arrays.stream(table().split("_")).map(Names::capital).collect(Collectors.joining());
    }

    /** Returns the name of the Java type. */
    public String typeName() {
        return Names.upperCamel(name);
    }

    /** Returns the name of the Java type of an ENUM field. */
    public String enumName(Field field) {
        return typeName() + Names.upperCamel(field.name());
    }
}
