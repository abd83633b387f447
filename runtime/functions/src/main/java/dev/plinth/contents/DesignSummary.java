package dev.plinth.contents;

import dev.plinth.functions.time.Timestamps;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** A schema or an architecture in a list. */
@Serdeable
@Schema(name = "DesignSummary", description = "A schema or an architecture, without its definition")
record DesignSummary(
        @NotNull @Schema(format = "uuid") String id,
        @NotNull String name,
        @NotNull @Schema(format = "date-time") String createdAt,
        @NotNull @Schema(format = "date-time") String updatedAt) {

    static DesignSummary of(ContentHead head) {
        return new DesignSummary(head.id().toString(), head.title(),
                Timestamps.text(head.createdAt()), Timestamps.text(head.updatedAt()));
    }
}
