package dev.plinth.functions.sql;

import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** How connections to the server are opened, whoever opens them. */
final class PostgresServer {
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(1);

    /** Longer than the statement timeout of the services' roles, which gives the better answer. */
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(5);

    /** Older servers are not met, and to know that spares round trips when a connection is opened. */
    private static final String OLDEST_VERSION = "14";

    private PostgresServer() {
    }

    /** Says where the server is, and how long to wait for it. */
    static void address(PGSimpleDataSource server, String host, int port, String database) {
        server.setServerNames(new String[] {host});
        server.setPortNumbers(new int[] {port});
        server.setDatabaseName(database);
        server.setApplicationName("plinth");
        server.setAssumeMinServerVersion(OLDEST_VERSION);
        server.setConnectTimeout((int) CONNECT_WAIT.toSeconds());
        server.setSocketTimeout((int) ANSWER_WAIT.toSeconds());
        server.setTcpKeepAlive(true);
        // Asking for Kerberos first would cost a round trip.
        server.setGssEncMode("disable");
        // Named statements would tie the connection of a proxy to this client.
        server.setPrepareThreshold(0);
        // The detail of an error quotes values, such as e-mail addresses, and errors are logged.
        server.setLogServerErrorDetail(false);
    }

    /** Demands TLS, and a certificate that proves the server to be the host that is asked for. */
    static void requireTls(PGSimpleDataSource server) {
        server.setSslMode("verify-full");
        server.setSslfactory(TrustedTls.class.getName());
    }
}
