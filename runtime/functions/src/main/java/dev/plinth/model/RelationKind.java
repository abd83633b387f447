package dev.plinth.model;

import io.micronaut.serde.annotation.Serdeable;

/** How many of one entity belong to how many of another, read from the entity that has the relation. */
@Serdeable
public enum RelationKind {
    MANY_TO_ONE,
    ONE_TO_ONE,
    ONE_TO_MANY,
    MANY_TO_MANY
}
