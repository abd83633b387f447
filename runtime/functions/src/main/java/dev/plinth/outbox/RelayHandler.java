package dev.plinth.outbox;

import dev.plinth.functions.event.EventHandler;
import dev.plinth.functions.event.TimeLeft;
import io.micronaut.context.annotation.Requires;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends, every minute, the events that no request has sent: its process died, or a queue did not answer it. */
@Singleton
@Requires(env = "outbox-relay")
final class RelayHandler implements EventHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RelayHandler.class);

    /** What one batch may take. */
    private static final Duration RESERVE = Duration.ofSeconds(10);

    private final OutboxRelay relay;
    private final TimeLeft timeLeft;

    RelayHandler(OutboxRelay relay, TimeLeft timeLeft) {
        this.relay = relay;
        this.timeLeft = timeLeft;
    }

    /** Goes on until nothing is due or time is short; the next run goes on where this one ends. */
    @Override
    public JsonNode handle(JsonNode event, String requestId) {
        int handled = 0;
        int batch;
        do {
            batch = relay.relay();
            handled += batch;
        } while (batch > 0 && timeLeft.now().compareTo(RESERVE) > 0);
        if (handled > 0) {
            LOG.atInfo().addKeyValue("count", handled).log("outbox relayed");
        }
        return null;
    }
}
