package dev.plinth.functions.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.failsafe.CircuitBreaker;
import dev.plinth.contract.Service;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * The service's PostgreSQL. While it cannot be reached, calls fail at once with {@link Kind#UNAVAILABLE} and the time
 * after which to try again; one call at a time then finds out whether it is back. Thread-safe.
 *
 * <p>Connections are opened when they are needed and checked before they are used, so nothing is open in a snapshot and
 * a process that was frozen meets no dead one.
 */
public final class Database implements Resource, AutoCloseable {
    /** The longest wait of a caller. Covers the handshakes of a first connection on a fraction of a processor. */
    private static final Duration CONNECTION_WAIT = Duration.ofMillis(1500);
    private static final Duration VALIDATION_WAIT = Duration.ofMillis(500);

    /** Connections of a process without requests go, so that they do not count against the server's limit. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** How long nothing is tried after a connection could not be had. */
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration SHORTEST_RETRY_AFTER = Duration.ofSeconds(1);

    /** A transaction that lost a conflict with another one is run anew; more often only when it never wins. */
    private static final int ATTEMPTS = 3;

    private final DataSource server;
    private final CircuitBreaker<Object> breaker = CircuitBreaker.builder()
            .withFailureThreshold(1)
            .withDelay(PAUSE)
            .build();
    private volatile HikariDataSource pool;

    /**
     * Makes the pool, which opens no connection yet.
     *
     * @param server opens connections as the service's user
     */
    Database(DataSource server) {
        this.server = server;
        this.pool = pool();
        Core.getGlobalContext().register(this);
    }

    private HikariDataSource pool() {
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("postgresql");
        settings.setDataSource(server);
        // One for the request, since a function has one at a time, and one for a health check beside it.
        settings.setMaximumPoolSize(Service.DATABASE_CONNECTIONS);
        settings.setMinimumIdle(0);
        settings.setIdleTimeout(IDLE.toMillis());
        settings.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        settings.setValidationTimeout(VALIDATION_WAIT.toMillis());
        // A function must start, and a version be publishable, while the database is down.
        settings.setInitializationFailTimeout(-1);
        return new HikariDataSource(settings);
    }

    /**
     * Returns what one statement, or several that need not succeed together, return.
     *
     * @throws Failure of kind UNAVAILABLE when the database cannot be reached or does not answer in time
     * @throws DatabaseException when it refuses what it was asked
     */
    public <T> T call(Work<T> work) {
        try (Connection connection = connect()) {
            return work.run(connection);
        } catch (SQLException failed) {
            throw SqlFailures.translate(failed);
        }
    }

    /**
     * Returns what the work returns, after all of it has been committed. Nothing remains of it when it throws. Work
     * that met another transaction is run anew, so what else it does may happen twice.
     *
     * @throws Failure of kind UNAVAILABLE when the database cannot be reached or does not answer in time; if that was
     *                 during the commit, nobody knows what became of the work
     * @throws DatabaseException when it refuses what it was asked
     */
    public <T> T inTransaction(Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = connect()) {
                return commit(connection, work);
            } catch (SQLException failed) {
                if (attempt == ATTEMPTS || !SqlFailures.isConflict(failed)) {
                    throw SqlFailures.translate(failed);
                }
            }
        }
    }

    private static <T> T commit(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        T result;
        try {
            result = work.run(connection);
            connection.commit();
        } catch (SQLException | RuntimeException | Error failed) {
            rollBack(connection, failed);
            throw failed;
        }
        return result;
    }

    /** The first failure is the one to tell of. The pool rolls back by itself, but only when it gets the connection. */
    private static void rollBack(Connection connection, Throwable failed) {
        try {
            connection.rollback();
        } catch (SQLException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    private Connection connect() {
        if (!breaker.tryAcquirePermit()) {
            throw SqlFailures.unreachable(retryAfter(), null);
        }
        try {
            Connection connection = pool.getConnection();
            breaker.recordSuccess();
            return connection;
        } catch (SQLException failed) {
            breaker.recordFailure();
            throw SqlFailures.unreachable(retryAfter(), failed);
        } catch (RuntimeException failed) {
            breaker.recordFailure();
            throw failed;
        }
    }

    private Duration retryAfter() {
        Duration left = breaker.getRemainingDelay();
        return left.compareTo(SHORTEST_RETRY_AFTER) < 0 ? SHORTEST_RETRY_AFTER : left;
    }

    /** Closes every connection: what the snapshot holds is restored many times, hours later. */
    @Override
    public void beforeCheckpoint(Context<? extends Resource> checkpoint) {
        pool.close();
    }

    /** Starts a new pool, whatever was known of the database when the snapshot was taken. */
    @Override
    public void afterRestore(Context<? extends Resource> checkpoint) {
        pool = pool();
        breaker.close();
    }

    int openConnections() {
        return pool.isClosed() ? 0 : pool.getHikariPoolMXBean().getTotalConnections();
    }

    /** Closes every connection. Later calls fail. */
    @Override
    public void close() {
        pool.close();
    }
}
