package dev.plinth.mailing;

import dev.plinth.functions.sql.Database;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import java.util.UUID;

/** The users, as far as mail needs to know them. */
@Singleton
class Recipients {
    private final Database database;

    Recipients(Database database) {
        this.database = database;
    }

    /** Returns whom to write to; empty when the user is gone. */
    Optional<Recipient> find(UUID userId) {
        return database.call(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT email, verified_at FROM users WHERE id = ?")) {
                select.setObject(1, userId);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Recipient(row.getString("email"), row.getObject("verified_at") != null))
                            : Optional.empty();
                }
            }
        });
    }
}
