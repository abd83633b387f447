package dev.plinth.contents;

import dev.plinth.functions.time.Timestamps;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** What the server adds to a definition. */
@Serdeable
@Schema(name = "Stored", description = "What the server sets; ignored in requests")
record ContentHeadRepresentation(
        @NotNull @Schema(format = "uuid") String id,
        @NotNull @Schema(format = "uuid") String projectId,
        @NotNull @Schema(format = "date-time") String createdAt,
        @NotNull @Schema(format = "date-time") String updatedAt) {

    static ContentHeadRepresentation of(ContentHead head) {
        return new ContentHeadRepresentation(head.id().toString(), head.projectId().toString(),
                Timestamps.text(head.createdAt()), Timestamps.text(head.updatedAt()));
    }
}
