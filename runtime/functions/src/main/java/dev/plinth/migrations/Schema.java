package dev.plinth.migrations;

import dev.plinth.functions.sql.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the database to the newest version of the schema. */
@Singleton
final class Schema {
    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    /** What a server says that is starting, or not there yet (PostgreSQL manual, appendix A). */
    private static final Set<String> NOT_YET = Set.of("08001", "08004", "08006", "57P03");
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Instance instance;
    private final AdminSecret secret;

    Schema(Instance instance, AdminSecret secret) {
        this.instance = instance;
        this.secret = secret;
    }

    /**
     * Runs the migrations that the database does not have yet; none is an answer too.
     *
     * @param wait says how long to wait on for a server that cannot be reached yet
     */
    void migrate(Supplier<Duration> wait) {
        AdminSecret.Credentials admin = secret.read();
        DataSource server = instance.as(admin.username(), admin.password());
        await(server, wait);
        int count = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(server)
                .locations("classpath:db/migration")
                .cleanDisabled(true)
                .validateMigrationNaming(true)
                .failOnMissingLocations(true)
                .load()
                .migrate()
                .migrationsExecuted;
        LOG.atInfo().addKeyValue("count", count).log("schema migrated");
    }

    private static void await(DataSource server, Supplier<Duration> wait) {
        while (true) {
            try (Connection connection = server.getConnection()) {
                return;
            } catch (SQLException refused) {
                if (!NOT_YET.contains(String.valueOf(refused.getSQLState())) || wait.get().compareTo(PAUSE) < 0) {
                    throw new UnreachableException(refused);
                }
                LOG.atInfo().addKeyValue("sqlState", refused.getSQLState()).log("database not reachable yet");
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** The server refuses connections, or there is none. */
    static final class UnreachableException extends RuntimeException {
        private final String state;

        UnreachableException(SQLException cause) {
            super("No connection to the database", cause);
            this.state = cause.getSQLState();
        }

        String state() {
            return state;
        }
    }
}
