package dev.plinth.functions.sql;

import dev.plinth.functions.aws.ConnectTokens;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens connections as a user whose password is a token of IAM authentication. A token is checked when a connection is
 * opened and never again, so each connection gets one of its own. A pool's own hook for credentials would ask for the
 * first one when the function starts, and after each restore.
 */
final class IamPostgres extends PGSimpleDataSource {
    private final transient ConnectTokens tokens;

    IamPostgres(ConnectTokens tokens, String user) {
        this.tokens = tokens;
        setUser(user);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return getConnection(getUser(), tokens.forDatabase(getServerNames()[0], getPortNumbers()[0], getUser()));
    }
}
