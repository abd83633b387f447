package dev.plinth.contents;

import dev.plinth.functions.time.Timestamps;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** A document in a list. */
@Serdeable
@Schema(name = "DocumentSummary", description = "A document, without its text")
record DocumentSummary(
        @NotNull @Schema(format = "uuid") String id,
        @NotNull String title,
        @NotNull @Schema(format = "date-time") String createdAt,
        @NotNull @Schema(format = "date-time") String updatedAt) {

    static DocumentSummary of(ContentHead head) {
        return new DocumentSummary(head.id().toString(), head.title(),
                Timestamps.text(head.createdAt()), Timestamps.text(head.updatedAt()));
    }
}
