package dev.plinth.queueadmin;

import dev.plinth.functions.checkpoint.Priming;
import dev.plinth.functions.json.RequestBodies;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads and writes what the requests sent before the checkpoint do not reach, as no queue has the name in theirs. No
 * dead letter is received: that would hide it from who looks at it then.
 */
@Singleton
class QueuePriming implements Priming {
    private final Queues queues;
    private final RequestBodies bodies;
    private final JsonMapper json;

    QueuePriming(Queues queues, RequestBodies bodies, JsonMapper json) {
        this.queues = queues;
        this.bodies = bodies;
        this.json = json;
    }

    @Override
    public void prime() {
        bodies.read("{\"id\": \"priming\"}".getBytes(StandardCharsets.UTF_8), RedriveRequest.class).checked();
        DeadLetter letter = new DeadLetter("priming", Instant.EPOCH, 1, Optional.of("priming"), Optional.empty(),
                Optional.empty(), "{}");
        try {
            json.writeValueAsBytes(DeadLetterListRepresentation.of(List.of(letter)));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        queues.latestMove(QueueName.GENERATION);
    }
}
