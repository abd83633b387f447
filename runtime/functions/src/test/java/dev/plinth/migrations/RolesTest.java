package dev.plinth.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.contract.Service;
import dev.plinth.functions.sql.Database;
import dev.plinth.functions.sql.DatabaseException;
import dev.plinth.functions.sql.LocalPostgres;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the role of each service may do in the database, and what it may not. */
class RolesTest {
    private static final String PRIVILEGE_MISSING = "42501";
    private static final List<String> STATEMENTS = List.of(
            "SELECT password_hash FROM users",
            "SELECT id, email, verified_at FROM users",
            "SELECT name FROM users FOR UPDATE",
            "INSERT INTO users SELECT * FROM users",
            "UPDATE users SET name = name, role = role, revision = revision",
            "UPDATE users SET email = email",
            "UPDATE users SET id = id",
            "DELETE FROM users",
            "TRUNCATE users",
            "SELECT * FROM outbox FOR UPDATE SKIP LOCKED",
            "INSERT INTO outbox (id, queue, body) SELECT id, queue, body FROM outbox WHERE false",
            "UPDATE outbox SET attempts = attempts, next_attempt_at = next_attempt_at",
            "UPDATE outbox SET body = body",
            "DELETE FROM outbox",
            "SELECT * FROM profiles",
            "UPDATE profiles SET name = name",
            "SELECT * FROM flyway_schema_history",
            "CREATE TABLE mine (id int)",
            "CREATE TEMPORARY TABLE mine (id int)",
            "CREATE SCHEMA mine",
            "CREATE ROLE mine",
            "ALTER TABLE users ADD COLUMN mine int",
            "DROP TABLE outbox",
            "SET ROLE postgres",
            "COPY outbox TO PROGRAM 'true'",
            "SELECT name FROM users");

    private static LocalPostgres postgres;

    @BeforeAll
    static void migrate() {
        postgres = LocalPostgres.migrated();
    }

    private static Stream<Service> services() {
        return Arrays.stream(Service.values()).filter(Service::usesDatabase);
    }

    @Test
    void letsIdentityKeepUsersAndWriteAndSendEvents() {
        assertAllows(Service.IDENTITY, 0, 1, 2, 3, 4, 7, 9, 10, 11, 13, 25);
    }

    @Test
    void letsTheWorkerReadWhomToMailAndNoHash() {
        assertAllows(Service.IDENTITY_WORKER, 1);
    }

    @Test
    void letsTheRelaySendEventsAndNotMakeThem() {
        assertAllows(Service.OUTBOX_RELAY, 9, 11, 13);
    }

    @Test
    void letsTheDashboardReadProfiles() {
        assertAllows(Service.DASHBOARD, 14);
    }

    @ParameterizedTest
    @EnumSource(names = {"ORDERS", "TODOS", "AUTHORIZER", "TODOS_WORKER", "TOKEN_KEYS", "MIGRATIONS"})
    void knowsNoOtherService(Service service) {
        assertThat(postgres.query("SELECT 1 FROM pg_roles WHERE rolname = '" + service.databaseUser() + "'")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"statement_timeout,3s", "lock_timeout,2s", "idle_in_transaction_session_timeout,15s"})
    void boundsWhatAServiceWaitsFor(String setting, String value) {
        services().forEach(service -> {
            try (Database database = postgres.database(service.databaseUser())) {
                assertThat(database.<String>call(connection -> {
                    try (Statement show = connection.createStatement();
                            ResultSet shown = show.executeQuery("SHOW " + setting)) {
                        shown.next();
                        return shown.getString(1);
                    }
                })).as(service.name()).isEqualTo(value);
            }
        });
    }

    @Test
    void makesMembersOfRdsIamWhereThereIsOne() {
        postgres.run("CREATE ROLE rds_iam");
        try {
            LocalPostgres.migrated();
            assertThat(postgres.query("""
                    SELECT member::regrole::text FROM pg_auth_members WHERE roleid = 'rds_iam'::regrole ORDER BY 1"""))
                    .containsExactlyElementsOf(services().map(Service::databaseUser).sorted().map(List::of).toList());
        } finally {
            postgres.run("DROP ROLE rds_iam");
        }
    }

    /** Checks that a service may run the statements of these numbers, and none of the others. */
    private static void assertAllows(Service service, Integer... allowed) {
        for (int i = 0; i < STATEMENTS.size(); i++) {
            String statement = STATEMENTS.get(i);
            if (List.of(allowed).contains(i)) {
                run(service, statement);
            } else {
                assertThatThrownBy(() -> run(service, statement)).as(service + ": " + statement)
                        .isInstanceOfSatisfying(DatabaseException.class,
                                refused -> assertThat(refused.state()).isEqualTo(PRIVILEGE_MISSING));
            }
        }
    }

    private static void run(Service service, String statement) {
        try (Database database = postgres.database(service.databaseUser())) {
            database.call(connection -> {
                try (Statement running = connection.createStatement()) {
                    return running.execute(statement);
                }
            });
        }
    }
}
