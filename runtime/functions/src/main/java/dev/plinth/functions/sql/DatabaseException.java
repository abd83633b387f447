package dev.plinth.functions.sql;

import java.sql.SQLException;

/** What the database refused and would refuse again: a mistake of ours, such as a privilege that is missing. */
public final class DatabaseException extends RuntimeException {
    private final String state;

    DatabaseException(SQLException cause) {
        super("PostgreSQL refused a statement with SQLSTATE " + cause.getSQLState(), cause);
        this.state = cause.getSQLState();
    }

    /** Returns the SQLSTATE, for example {@code 42501} for a privilege that is missing; null when there is none. */
    public String state() {
        return state;
    }
}
