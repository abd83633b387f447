package dev.plinth.model;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A relation of an entity to another one, or to itself.
 *
 * @param target   the name of the other entity
 * @param required whether there is always another one; for ONE_TO_MANY, whether each of the many has its one
 */
@Serdeable
@Schema(name = "SchemaRelation", description = "A relation of an entity.")
public record Relation(
        @Schema(example = "customer") String name,
        RelationKind kind,
        @Schema(description = "The name of the other entity", example = "Customer") String target,
        @Schema(description = "Whether there is always another one", defaultValue = "false") boolean required) {
}
