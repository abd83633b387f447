package dev.plinth.queueadmin;

import dev.plinth.functions.time.Timestamps;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Optional;

/** A queue as operators see it. */
@Serdeable
@Schema(name = "Queue", description = "A queue. Its numbers are approximate, as SQS counts them.")
record QueueRepresentation(
        @NotNull @Schema(example = "generation") String name,
        @Schema(description = "Messages that can be received") long visible,
        @Schema(description = "Messages that were received, and neither deleted nor given back") long inFlight,
        @Schema(description = "Messages that cannot be received yet") long delayed,
        @Nullable @Schema(description = "Age of the oldest message, measured some minutes ago; absent when there is"
                + " none or nothing was measured") Long oldestAgeSeconds,
        @Schema(description = "Messages in the dead-letter queue") long deadLetters,
        @Nullable @Schema(description = "Time since the oldest dead letter became one, measured some minutes ago;"
                + " absent when there is none or nothing was measured") Long oldestDeadLetterAgeSeconds,
        @Nullable @Schema(description = "The latest time that all dead letters were sent back; absent in lists, and"
                + " when there was none lately") MovePart redrive) {

    @Serdeable
    @Schema(name = "QueueRedrive")
    record MovePart(
            @NotNull @Schema(description = "As SQS says it", example = "RUNNING") String status,
            long moved,
            @Nullable @Schema(description = "How many there were at its start; absent where SQS does not say")
            Long toMove,
            @Nullable @Schema(format = "date-time") String startedAt,
            @Nullable @Schema(description = "Why it ended before its time; absent unless it did") String failure) {
        static MovePart of(Move move) {
            return new MovePart(move.status(), move.moved(), move.toMove().orElse(null),
                    move.startedAt().map(Timestamps::text).orElse(null), move.failure().orElse(null));
        }
    }

    static QueueRepresentation of(QueueOverview queue, Optional<Move> redrive) {
        Depths depths = queue.depths();
        return new QueueRepresentation(queue.name().text(), depths.visible(), depths.inFlight(), depths.delayed(),
                seconds(queue.oldest().message()), depths.deadLetters(), seconds(queue.oldest().deadLetter()),
                redrive.map(MovePart::of).orElse(null));
    }

    private static Long seconds(Optional<Duration> age) {
        return age.map(Duration::toSeconds).orElse(null);
    }
}
