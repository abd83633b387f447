package dev.plinth.functions.sql;

import dev.plinth.functions.health.HealthCheck;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;

/** Asks the database for nothing but an answer. */
@Singleton
@Requires(bean = Database.class)
final class DatabaseCheck implements HealthCheck {
    private final Database database;

    DatabaseCheck(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public void check() {
        database.call(connection -> {
            try (PreparedStatement question = connection.prepareStatement("SELECT 1")) {
                return question.execute();
            }
        });
    }
}
