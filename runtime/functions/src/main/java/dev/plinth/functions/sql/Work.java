package dev.plinth.functions.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done with a connection. It closes its statements, leaves the connection open, and keeps it nowhere. */
@FunctionalInterface
public interface Work<T> {
    T run(Connection connection) throws SQLException;
}
