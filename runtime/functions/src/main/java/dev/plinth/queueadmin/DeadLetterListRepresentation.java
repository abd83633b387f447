package dev.plinth.queueadmin;

import dev.plinth.functions.time.Timestamps;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** Dead letters as operators see them. */
@Serdeable
@Schema(name = "DeadLetterList")
record DeadLetterListRepresentation(@NotNull List<DeadLetterPart> items) {
    /** Enough to know a message by, and little enough for a page of them. */
    private static final int SHOWN = 4096;

    @Serdeable
    @Schema(name = "DeadLetter", description = "A message that nobody could handle")
    record DeadLetterPart(
            @NotNull String id,
            @NotNull @Schema(format = "date-time") String sentAt,
            @Schema(description = "How often it was received, also by those who looked at it here") int receiveCount,
            @Nullable @Schema(description = "Why the worker gave it up; absent when its process died of it")
            String reason,
            @Nullable @Schema(description = "How often the worker had tried; absent like the reason") String attempts,
            @Nullable @Schema(description = "When the worker gave it up; absent like the reason") String failedAt,
            @NotNull @Schema(description = "The first 4096 characters") String body,
            @Schema(description = "Whether the body is longer") boolean bodyCut) {
        static DeadLetterPart of(DeadLetter letter) {
            boolean cut = letter.body().length() > SHOWN;
            return new DeadLetterPart(letter.id(), Timestamps.text(letter.sentAt()), letter.receiveCount(),
                    letter.reason().orElse(null), letter.attempts().orElse(null), letter.failedAt().orElse(null),
                    cut ? letter.body().substring(0, SHOWN) : letter.body(), cut);
        }
    }

    static DeadLetterListRepresentation of(List<DeadLetter> letters) {
        return new DeadLetterListRepresentation(letters.stream().map(DeadLetterPart::of).toList());
    }
}
