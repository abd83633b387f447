package dev.plinth.model;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

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

    /** Returns the name of the Java type. */
    public String typeName() {
        return Names.upperCamel(name);
    }

    /** Returns the name of the Java type of an ENUM field. */
    public String enumName(Field field) {
        return typeName() + Names.upperCamel(field.name());
    }
}
