package dev.plinth.model;

import io.micronaut.serde.annotation.Serdeable;

/** What a component of an architecture is. Some become resources of the template, the others are only shown. */
@Serdeable
public enum ComponentType {
    CLIENT(""),
    API(""),
    SERVICE(""),
    TOPIC("Topic"),
    QUEUE("Queue"),
    TABLE("Table"),
    BUCKET("Bucket");

    private final String suffix;

    ComponentType(String suffix) {
        this.suffix = suffix;
    }

    /** Tells whether a component of this type becomes a resource of the generated template. */
    public boolean deployed() {
        return !suffix.isEmpty();
    }

    String suffix() {
        return suffix;
    }
}
