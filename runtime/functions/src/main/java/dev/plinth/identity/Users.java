package dev.plinth.identity;

import dev.plinth.contract.Role;
import dev.plinth.functions.sql.Database;
import dev.plinth.outbox.EventType;
import dev.plinth.outbox.Outbox;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The users in PostgreSQL, and with each change that others must know of, its event. Thread-safe. */
@Singleton
class Users {
    private static final String SELECT = """
            SELECT id, name, email, email_key, password_hash, role, verified_at, created_at, updated_at, revision
            FROM users WHERE\s""";
    private static final String INSERT = """
            INSERT INTO users (id, name, email, email_key, password_hash, role, created_at, updated_at, revision)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (email_key) DO NOTHING""";
    private static final String UPDATE = """
            UPDATE users SET name = ?, password_hash = ?, role = ?, verified_at = ?, updated_at = ?, revision = ?
            WHERE id = ?""";

    private final Database database;
    private final Outbox outbox;

    Users(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    Optional<User> find(UUID id) {
        return database.call(connection -> find(connection, "id = ?", id));
    }

    Optional<User> find(EmailAddress address) {
        return database.call(connection -> find(connection, "email_key = ?", address.key()));
    }

    /** Adds a user who has not proved their address, and has a code sent; false when the address is taken. */
    boolean add(User user) {
        return database.inTransaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setObject(1, user.id());
                insert.setString(2, user.name());
                insert.setString(3, user.email().text());
                insert.setString(4, user.email().key());
                insert.setString(5, user.passwordHash());
                insert.setString(6, user.role().name());
                insert.setTimestamp(7, Timestamp.from(user.createdAt()));
                insert.setTimestamp(8, Timestamp.from(user.updatedAt()));
                insert.setObject(9, user.revision());
                if (insert.executeUpdate() == 0) {
                    return false;
                }
            }
            outbox.write(connection, EventType.VERIFICATION_CODE_REQUESTED, user.id());
            return true;
        });
    }

    /**
     * Changes a user whom nobody else can change meanwhile.
     *
     * @param change returns what shall be stored, the same user for nothing; what it throws leaves everything as it was
     * @return what is stored now; empty when there is no such user
     */
    Optional<User> change(UUID id, UnaryOperator<User> change) {
        return database.inTransaction(connection -> {
            Optional<User> current = find(connection, "id = ? FOR UPDATE", id);
            if (current.isEmpty()) {
                return current;
            }
            User changed = change.apply(current.get());
            if (!changed.equals(current.get())) {
                store(connection, changed);
            }
            return Optional.of(changed);
        });
    }

    /**
     * Removes a user, and tells everybody who keeps something of theirs; false when there is no such user.
     *
     * @param check throws when this very state shall not be removed
     */
    boolean remove(UUID id, Consumer<User> check) {
        return database.inTransaction(connection -> {
            Optional<User> current = find(connection, "id = ? FOR UPDATE", id);
            if (current.isEmpty()) {
                return false;
            }
            check.accept(current.get());
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM users WHERE id = ?")) {
                delete.setObject(1, id);
                delete.executeUpdate();
            }
            outbox.write(connection, EventType.USER_REMOVED, id);
            return true;
        });
    }

    /** Has an event sent that changes nothing here. */
    void tell(EventType type, UUID id) {
        database.inTransaction(connection -> {
            outbox.write(connection, type, id);
            return null;
        });
    }

    private static void store(Connection connection, User user) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setString(1, user.name());
            update.setString(2, user.passwordHash());
            update.setString(3, user.role().name());
            update.setTimestamp(4, user.verifiedAt().map(Timestamp::from).orElse(null));
            update.setTimestamp(5, Timestamp.from(user.updatedAt()));
            update.setObject(6, user.revision());
            update.setObject(7, user.id());
            update.executeUpdate();
        }
    }

    /** The condition is a constant of this class; what a client says is bound to its parameter. */
    private static Optional<User> find(Connection connection, String condition, Object value) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + condition)) {
            select.setObject(1, value);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(user(row)) : Optional.empty();
            }
        }
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                row.getObject("id", UUID.class),
                row.getString("name"),
                new EmailAddress(row.getString("email"), row.getString("email_key")),
                row.getString("password_hash"),
                Role.valueOf(row.getString("role")),
                Optional.ofNullable(row.getTimestamp("verified_at")).map(Timestamp::toInstant),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                row.getObject("revision", UUID.class));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
