package dev.plinth.generation;

import dev.plinth.functions.time.Timestamps;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;

/** Where to download something from. */
@Serdeable
@Schema(name = "DownloadUrl", description = "A URL of one object. Whoever has it can use it, so keep it to yourself.")
record DownloadRepresentation(
        @NotNull @Schema(format = "uri") String url,
        @NotNull @Schema(description = "When the URL stops working", format = "date-time") String expiresAt) {

    static DownloadRepresentation of(DownloadUrls.DownloadUrl url) {
        return new DownloadRepresentation(url.url(), Timestamps.text(url.expiresAt()));
    }
}
