package dev.plinth.contents;

import dev.plinth.model.ArchitectureDefinition;
import dev.plinth.model.ProjectSettings;
import dev.plinth.model.SchemaDefinition;
import java.util.Optional;
import java.util.UUID;

/**
 * What code is generated from, read consistently, for whoever may read the project: that is for the caller to decide.
 * Each method fails with UNAVAILABLE when its table throttles or does not answer.
 */
public interface ProjectInputs {
    /** Returns a schema; empty when the project has none of that id. */
    Optional<SchemaDefinition> schema(UUID project, UUID schema);

    /** Returns an architecture; empty when the project has none of that id. */
    Optional<ArchitectureDefinition> architecture(UUID project, UUID architecture);

    /** Returns what the project has chosen. */
    ProjectSettings settings(UUID project);
}
