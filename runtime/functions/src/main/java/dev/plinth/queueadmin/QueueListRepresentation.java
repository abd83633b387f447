package dev.plinth.queueadmin;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Optional;

/** Every queue as operators see it. */
@Serdeable
@Schema(name = "QueueList")
record QueueListRepresentation(@NotNull List<QueueRepresentation> items) {
    static QueueListRepresentation of(List<QueueOverview> queues) {
        return new QueueListRepresentation(
                queues.stream().map(queue -> QueueRepresentation.of(queue, Optional.empty())).toList());
    }
}
