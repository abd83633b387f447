package dev.plinth.contents;

import dev.plinth.functions.time.Timestamps;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** A document as people see it. */
@Serdeable
@Schema(name = "Document", description = "A document of a project")
record DocumentRepresentation(
        @NotNull @Schema(format = "uuid") String id,
        @NotNull @Schema(format = "uuid") String projectId,
        @NotNull String title,
        @NotNull @Schema(description = "Markdown") String body,
        @NotNull @Schema(format = "date-time") String createdAt,
        @NotNull @Schema(format = "date-time") String updatedAt) {

    static DocumentRepresentation of(Content content) {
        ContentHead head = content.head();
        return new DocumentRepresentation(head.id().toString(), head.projectId().toString(), head.title(),
                content.text(), Timestamps.text(head.createdAt()), Timestamps.text(head.updatedAt()));
    }
}
