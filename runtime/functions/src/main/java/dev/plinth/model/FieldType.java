package dev.plinth.model;

import io.micronaut.serde.annotation.Serdeable;

/** The type of an entity's field. */
@Serdeable
public enum FieldType {
    STRING,
    TEXT,
    INTEGER,
    LONG,
    DECIMAL,
    BOOLEAN,
    DATE,
    TIMESTAMP,
    UUID,
    ENUM
}
