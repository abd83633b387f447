package dev.plinth.outbox;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.plinth.functions.time.Timestamps;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Where a change leaves word of itself. Thread-safe. */
@Singleton
public final class Outbox {
    private final JsonMapper json;
    private final Clock clock;

    Outbox(JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /** Writes an event for every queue that gets its type, in the transaction of the connection. */
    public void write(Connection connection, EventType type, UUID userId) throws SQLException {
        String body = body(new Event(UuidCreator.getTimeOrderedEpoch(), type, userId, clock.instant()));
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO outbox (id, queue, body) VALUES (?, ?, ?)")) {
            for (QueueName queue : type.queues()) {
                insert.setObject(1, UuidCreator.getTimeOrderedEpoch());
                insert.setString(2, queue.name());
                insert.setString(3, body);
                insert.executeUpdate();
            }
        }
    }

    private String body(Event event) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        members.put("id", JsonNode.createStringNode(event.id().toString()));
        members.put("type", JsonNode.createStringNode(event.type().text()));
        members.put("userId", JsonNode.createStringNode(event.userId().toString()));
        members.put("at", JsonNode.createStringNode(Timestamps.text(event.at())));
        try {
            return json.writeValueAsString(JsonNode.createObjectNode(members));
        } catch (IOException impossible) {
            throw new UncheckedIOException("A tree of texts has a JSON form", impossible);
        }
    }
}
