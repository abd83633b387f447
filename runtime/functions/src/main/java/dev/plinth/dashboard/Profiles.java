package dev.plinth.dashboard;

import dev.plinth.contract.Role;
import dev.plinth.functions.sql.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** The users, in the view that is all the dashboard may read of them. */
@Singleton
class Profiles {

    private static final String FIND = "SELECT id, name, email, role, created_at FROM profiles WHERE id = ?";

    private final Database database;

    Profiles(Database database) {
        this.database = database;
    }

    /** Returns the user's profile; empty when the user is gone. */
    Optional<Profile> find(UUID user) {
        return database.call(connection -> {
            try (PreparedStatement select = connection.prepareStatement(FIND)) {
                select.setObject(1, user);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(profile(row)) : Optional.empty();
                }
            }
        });
    }

    private static Profile profile(ResultSet row) throws SQLException {
        return new Profile(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                Role.valueOf(row.getString("role")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
