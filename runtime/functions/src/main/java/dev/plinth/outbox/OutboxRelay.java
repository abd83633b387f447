package dev.plinth.outbox;

import dev.plinth.failure.Failure;
import dev.plinth.functions.sql.Database;
import dev.plinth.functions.sql.DatabaseException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is in the outbox. The rows are locked while they are sent and deleted afterwards in the same transaction:
 * two relays do not send one row, and a process that dies in between leaves it to be sent again. So an event arrives at
 * least once. Thread-safe.
 */
@Singleton
public final class OutboxRelay {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

    /** Shorter than the idle timeout of a transaction, which is open meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** What a caller waits for at most; the relay function is more patient. */
    private static final Duration CALLERS_PATIENCE = Duration.ofSeconds(1);

    private static final String CLAIM = """
            SELECT id, queue, body FROM outbox WHERE next_attempt_at <= now()
            ORDER BY next_attempt_at, id LIMIT ? FOR UPDATE SKIP LOCKED""";
    private static final String DELETE = "DELETE FROM outbox WHERE id = ANY (?)";

    /** One minute after the first refusal, two after the second, and never more than an hour. */
    private static final String POSTPONE = """
            UPDATE outbox SET attempts = attempts + 1,
                next_attempt_at = now() + least(interval '1 minute' * 2 ^ least(attempts, 10), interval '1 hour')
            WHERE id = ANY (?)""";

    private final Database database;
    private final Queues queues;

    OutboxRelay(Database database, Queues queues) {
        this.database = database;
        this.queues = queues;
    }

    /**
     * Sends what a change of this request has written, and what else is due. What cannot be sent now stays for the
     * relay function, so this never fails the request, whose change is committed.
     */
    public void sendSoon() {
        try {
            relay(CALLERS_PATIENCE);
        } catch (Failure unavailable) {
            LOG.atWarn().setCause(unavailable).log("events left to the relay");
        } catch (DatabaseException mistake) {
            LOG.atError().setCause(mistake).log("events left to the relay");
        }
    }

    /**
     * Sends the events that are due, ten at most, and returns how many were due.
     *
     * @throws Failure of kind UNAVAILABLE when the database or a queue does not answer; the events stay
     */
    int relay() {
        return relay(PATIENCE);
    }

    private int relay(Duration patience) {
        return database.inTransaction(connection -> {
            Map<QueueName, List<Queues.Message>> due = claim(connection);
            Set<UUID> sent = new HashSet<>();
            Set<UUID> refused = new HashSet<>();
            due.forEach((queue, messages) -> {
                Set<UUID> taken = queues.send(queue, messages, patience);
                sent.addAll(taken);
                messages.stream().map(Queues.Message::id).filter(id -> !taken.contains(id)).forEach(refused::add);
            });
            update(connection, DELETE, sent);
            update(connection, POSTPONE, refused);
            return sent.size() + refused.size();
        });
    }

    private static Map<QueueName, List<Queues.Message>> claim(Connection connection) throws SQLException {
        Map<QueueName, List<Queues.Message>> due = new EnumMap<>(QueueName.class);
        try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            claim.setInt(1, Queues.MOST);
            try (ResultSet rows = claim.executeQuery()) {
                while (rows.next()) {
                    due.computeIfAbsent(QueueName.valueOf(rows.getString("queue")), first -> new ArrayList<>())
                            .add(new Queues.Message(rows.getObject("id", UUID.class), rows.getString("body")));
                }
            }
        }
        return due;
    }

    private static void update(Connection connection, String sql, Set<UUID> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            statement.executeUpdate();
        }
    }
}
