package dev.plinth.model;

import java.util.Objects;

/**
 * A column of one entity's table that refers to another entity.
 *
 * @param holder   the entity whose table has the column
 * @param name     what the column is called but for its ending
 * @param target   the entity that is referred to
 * @param required whether it always refers to one
 * @param unique   whether no two refer to the same
 */
public record Reference(Entity holder, String name, Entity target, boolean required, boolean unique) {
    private static final String ENDING = "Id";

    public Reference {
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(target, "target");
    }

    /** Returns the name of the column, as in {@code customer_id}. */
    public String column() {
        return column(name);
    }

    /** Returns the name of the record component, and of the JSON property, as in {@code customerId}. */
    public String property() {
        return property(name);
    }

    static String column(String name) {
        return Names.snake(name) + '_' + Names.snake(ENDING);
    }

    static String property(String name) {
        return Names.lowerCamel(name) + ENDING;
    }
}
