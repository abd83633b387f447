package dev.plinth.functions.sql;

import dev.plinth.failure.Failure;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;

/** Tells a database that cannot answer now from a mistake of ours (PostgreSQL manual, appendix A, "Error Codes"). */
final class SqlFailures {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final Set<String> CONFLICTS = Set.of(
            "40001", // serialization_failure
            "40P01"); // deadlock_detected

    private static final Set<String> PASSING = Set.of(
            "25006", // read_only_sql_transaction: the old primary, after a failover
            "53300", // too_many_connections
            "55P03", // lock_not_available, after lock_timeout
            "57014"); // query_canceled, after statement_timeout

    private static final String CONNECTION_EXCEPTION = "08";
    private static final String OPERATOR_INTERVENTION = "57P0";

    private SqlFailures() {
    }

    /** Tells whether another transaction was in the way, so that the same work may succeed now. */
    static boolean isConflict(SQLException exception) {
        return CONFLICTS.contains(exception.getSQLState());
    }

    /** Returns the failure to throw: of kind {@code UNAVAILABLE}, or one that nobody expects. */
    static RuntimeException translate(SQLException exception) {
        return passesWithTime(exception) ? unreachable(RETRY_AFTER, exception) : new DatabaseException(exception);
    }

    /**
     * Returns the failure of a database that cannot be reached.
     *
     * @param cause null when it was not even tried
     */
    static Failure unreachable(Duration retryAfter, SQLException cause) {
        return Failure.unavailable("The database does not answer. Try again later.", retryAfter, cause);
    }

    private static boolean passesWithTime(SQLException exception) {
        String state = exception.getSQLState();
        return exception instanceof SQLTransientConnectionException || state != null && (PASSING.contains(state)
                || CONFLICTS.contains(state)
                || state.startsWith(CONNECTION_EXCEPTION)
                || state.startsWith(OPERATOR_INTERVENTION));
    }
}
