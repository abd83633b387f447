package dev.plinth.generation;

import dev.plinth.functions.time.Timestamps;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** A code generation as those see it who may read its project. */
@Serdeable
@Schema(name = "CodeGeneration", description = "A code generation")
record GenerationRepresentation(
        @NotNull UUID id,
        @NotNull UUID projectId,
        @NotNull UUID schemaId,
        @NotNull UUID architectureId,
        @NotNull @Schema(description = "The user who asked for it") UUID requestedBy,
        @NotNull GenerationStatus status,
        @NotNull @Schema(format = "date-time", example = "2026-03-01T12:00:00.000Z") String createdAt,
        @Nullable @Schema(description = "Absent while it is QUEUED", format = "date-time") String startedAt,
        @Nullable @Schema(description = "Absent until it has ended", format = "date-time") String endedAt,
        @Nullable @Schema(description = "Why it is FAILED; otherwise absent") String reason,
        @Nullable @Schema(description = "Absent unless it is SUCCEEDED") ArchiveRepresentation archive,
        @NotNull @Schema(description = "When it is forgotten, with all that was generated", format = "date-time")
        String expiresAt) {

    /** An archive. */
    @Serdeable
    @Schema(name = "Archive", description = "A ZIP archive")
    record ArchiveRepresentation(
            @NotNull @Schema(example = "48211") long bytes,
            @NotNull @Schema(description = "In hexadecimal") String sha256,
            @NotNull @Schema(description = "How many files are in it", example = "12") long files) {
    }

    static GenerationRepresentation of(Generation generation) {
        return new GenerationRepresentation(generation.id(), generation.projectId(), generation.schemaId(),
                generation.architectureId(), generation.requestedBy(), generation.status(),
                Timestamps.text(generation.createdAt()),
                generation.startedAt().map(Timestamps::text).orElse(null),
                generation.endedAt().map(Timestamps::text).orElse(null),
                generation.reason().orElse(null),
                generation.archive().map(archive -> new ArchiveRepresentation(
                        archive.bytes(), archive.sha256(), archive.files())).orElse(null),
                Timestamps.text(generation.expiresAt()));
    }
}
