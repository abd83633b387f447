package dev.plinth.functions.echo;

import dev.plinth.functions.event.EventHandler;
import dev.plinth.functions.event.TimeLeft;
import io.micronaut.context.annotation.Requires;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.util.Map;

/** Answers an event with the event, the request's id and the time left; fails, or gives no answer, as it is told. */
@Singleton
@Requires(env = "event-echo")
class EventEcho implements EventHandler {
    private final TimeLeft timeLeft;

    EventEcho(TimeLeft timeLeft) {
        this.timeLeft = timeLeft;
    }

    @Override
    public JsonNode handle(JsonNode event, String requestId) {
        if (event.get("fail") != null) {
            throw new IllegalStateException("secret reason");
        }
        if (event.get("silent") != null) {
            return null;
        }
        return JsonNode.createObjectNode(Map.of(
                "event", event,
                "requestId", JsonNode.createStringNode(requestId),
                "millisLeft", JsonNode.createNumberNode(timeLeft.now().toMillis())));
    }
}
