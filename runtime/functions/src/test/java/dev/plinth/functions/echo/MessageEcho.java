package dev.plinth.functions.echo;

import dev.plinth.functions.event.Message;
import dev.plinth.functions.event.MessageHandler;
import io.micronaut.context.annotation.Requires;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keeps the messages that reached it, and fails on those that tell it to. */
@Singleton
@Requires(env = "message-echo")
public class MessageEcho implements MessageHandler {
    public static final List<JsonNode> SEEN = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void handle(Message message) {
        SEEN.add(message.body());
        if (message.body().get("fail") != null) {
            throw new IllegalStateException("cannot");
        }
    }
}
