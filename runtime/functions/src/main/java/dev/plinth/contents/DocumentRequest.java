package dev.plinth.contents;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import dev.plinth.functions.json.OneLine;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;

/** The body of a request to create or to replace a document. */
@Serdeable
@Schema(name = "DocumentBody", description = "What a document shall say. Fields that only the server sets are ignored.")
record DocumentRequest(
        @NotNull @OneLine @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
        @Schema(example = "Why orders expire") String title,
        @NotNull
        @Pattern(regexp = "^[\\P{Cc}\\n\\r\\t]*$", message = "must not contain control characters other than line"
                + " breaks and tabs")
        @Schema(description = "Markdown, at most 100 KiB in UTF-8", example = "# Orders\n\nThey expire.") String body) {

    private static final int MOST_BYTES = 100 * 1024;

    /**
     * Returns the text.
     *
     * @throws Failure INVALID_REQUEST when it is longer than what is kept
     */
    String text() {
        if (body.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw Failure.invalid(Violation.Place.BODY, "/body", "must have at most 100 KiB in UTF-8");
        }
        return body;
    }
}
