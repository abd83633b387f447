package dev.plinth.functions.sql;

import dev.plinth.contract.Setting;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of its own in a PostgreSQL that all tests of a JVM share, as its start takes seconds. The server trusts
 * whoever connects and has no TLS; {@link PlainPostgres} makes a function connect to it.
 */
public final class LocalPostgres {
    /** Turns {@link PlainPostgres} on, beside the environment of a service. */
    public static final String ENVIRONMENT = "plain-postgres";

    private static final String ADMIN = "postgres";
    private static final EmbeddedPostgres ENGINE = start();

    private final String name = "test_" + UUID.randomUUID().toString().replace("-", "");

    /** Makes an empty database. */
    public LocalPostgres() {
        run(ENGINE.getPostgresDatabase(), "CREATE DATABASE " + name);
    }

    /** Makes a database with the newest schema. */
    public static LocalPostgres migrated() {
        LocalPostgres database = new LocalPostgres();
        Flyway.configure().dataSource(database.administrator()).load().migrate();
        return database;
    }

    public String name() {
        return name;
    }

    public static int port() {
        return ENGINE.getPort();
    }

    /** Returns the settings that a function needs to reach this database, by variable. */
    public Map<String, String> variables() {
        return variables(port());
    }

    /** Returns the settings that a function needs to reach this database through another port. */
    public Map<String, String> variables(int port) {
        return Map.of(
                Setting.DATABASE_HOST.variable(), "127.0.0.1",
                Setting.DATABASE_PORT.variable(), Integer.toString(port),
                Setting.DATABASE_NAME.variable(), name);
    }

    /** Returns the database as a user sees it, with a pool like a function's. */
    public Database database(String user) {
        return database(user, port());
    }

    /** Returns the same through another port. */
    public Database database(String user, int port) {
        return new Database(server(user, port, name));
    }

    /** Returns the database as its administrator sees it. */
    public Database administered() {
        return database(ADMIN);
    }

    /** Does something as administrator. */
    public void run(String sql) {
        run(administrator(), sql);
    }

    /** Returns what a query finds, each row as a list of texts, as administrator. */
    public List<List<String>> query(String sql) {
        try (Connection connection = administrator().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Returns connections of the administrator, who needs no password. */
    public PGSimpleDataSource administrator() {
        return server(ADMIN, port(), name);
    }

    static PGSimpleDataSource server(String user, int port, String database) {
        PGSimpleDataSource server = new PGSimpleDataSource();
        PostgresServer.address(server, "127.0.0.1", port, database);
        server.setSslMode("disable");
        server.setUser(user);
        return server;
    }

    private static void run(DataSource server, String sql) {
        try (Connection connection = server.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static EmbeddedPostgres start() {
        try {
            // Stopped when the JVM exits, by a hook of its own.
            return EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
        } catch (IOException failed) {
            throw new UncheckedIOException("PostgreSQL does not start", failed);
        }
    }
}
