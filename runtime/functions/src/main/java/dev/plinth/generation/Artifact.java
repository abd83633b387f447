package dev.plinth.generation;

import java.util.UUID;

/** What is kept of a code generation, each in an object of the bucket. */
public enum Artifact {
    /** All files, as a ZIP archive. */
    ARCHIVE("archives", "zip", "application/zip"),

    /** The picture of the architecture. */
    DIAGRAM("diagrams", "svg", "image/svg+xml"),

    /** The CloudFormation template, which deployments name by its URL. */
    TEMPLATE("templates", "json", "application/json");

    private final String prefix;
    private final String extension;
    private final String contentType;

    Artifact(String prefix, String extension, String contentType) {
        this.prefix = prefix;
        this.extension = extension;
        this.contentType = contentType;
    }

    /** Returns the key of the object; fixed by the job, so that however often it is stored there is one. */
    public String key(UUID project, UUID generation) {
        return prefix + "/" + project + "/" + generation + "." + extension;
    }

    /** Returns the name under which somebody keeps it who downloads it. */
    String fileName(UUID generation) {
        return "generation-" + generation + "." + extension;
    }

    String contentType() {
        return contentType;
    }
}
