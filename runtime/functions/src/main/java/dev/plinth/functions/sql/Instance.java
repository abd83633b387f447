package dev.plinth.functions.sql;

import javax.sql.DataSource;

/** The PostgreSQL instance itself, past any proxy, for who may change its schema. */
@FunctionalInterface
public interface Instance {
    /** Returns connections as a user with a password; each is a new one. */
    DataSource as(String user, String password);
}
