package dev.plinth.model;

/**
 * A table between two entities, each of whose rows is a pair.
 *
 * @param owner    the entity that has the relation
 * @param relation the relation, of kind MANY_TO_MANY
 * @param target   the entity that it is related to
 */
public record Join(Entity owner, Relation relation, Entity target) {

    /** Returns the name of the table, as in {@code order_tags}. */
    public String table() {
        return table(owner, relation);
    }

    /** Returns the name of the JSON property and record component that holds the ids. */
    public String property() {
        return Names.lowerCamel(relation.name());
    }

    /** Returns the column that refers to the owner. */
    public String ownerColumn() {
        return Reference.column(owner.name());
    }

    /** Returns the column that refers to the target. */
    public String targetColumn() {
        return targetColumn(owner.name(), target.name());
    }

    static String table(Entity owner, Relation relation) {
        return Names.snake(owner.name()) + '_' + Names.snake(relation.name());
    }

    static String targetColumn(String owner, String target) {
        return (owner.equals(target) ? "related_" : "") + Reference.column(target);
    }
}
