package dev.plinth.local.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * PostgreSQL 17, reachable by its Unix socket alone. It asks nobody for a password: the gate in front of it has. Its
 * superuser has the name that RDS gives its own, and the roles that RDS brings are there.
 */
public final class PostgresEngine implements Closeable {
    /** RDS's superuser, which nobody else can sign in as. */
    public static final String SUPERUSER = "rdsadmin";

    private static final Pattern SERVES = Pattern.compile("database system is ready to accept connections");
    private static final int LONGEST_INIT_SECONDS = 60;
    private static final int PORT_IN_SOCKET_NAME = 5432;

    private final PostgresBinaries binaries;
    private final Path cluster;
    /** The directory of the socket, of this run only. */
    private final Path run;
    private final boolean temporary;
    private EngineProcess process;

    private PostgresEngine(PostgresBinaries binaries, Path cluster, Path run, boolean temporary) {
        this.binaries = binaries;
        this.cluster = cluster;
        this.run = run;
        this.temporary = temporary;
    }

    /**
     * Makes everything ready for {@link #serve}, which takes most of the time.
     *
     * @param store where its programs are unpacked, and found again by the next start
     * @param data  where databases are kept; empty for a temporary directory, without care for a loss of power
     */
    public static PostgresEngine prepare(Path store, Optional<Path> data) throws IOException {
        PostgresBinaries binaries = PostgresBinaries.in(store);
        // Short, since the path of a Unix socket has at most 103 letters on macOS.
        Path run = Files.createTempDirectory("plinth-pg");
        Path cluster = data.orElse(run).resolve("postgresql-17").toAbsolutePath();
        PostgresEngine engine = new PostgresEngine(binaries, cluster, run, data.isEmpty());
        try {
            if (!Files.exists(cluster.resolve("PG_VERSION"))) {
                create(binaries, cluster);
            }
            EngineProcess.awaitEndOfFormer("postgres", cluster.resolve("postmaster.pid"));
            return engine;
        } catch (IOException e) {
            engine.close();
            throw e;
        }
    }

    /**
     * Starts to serve.
     *
     * @param parameters    PostgreSQL's own, by name
     * @param administrator a user who may sign in besides those that have the role {@code rds_iam}
     */
    public void serve(Map<String, String> parameters, String administrator) throws IOException {
        Path access = run.resolve("pg_hba.conf");
        Files.write(access, List.of(
                "local all " + SUPERUSER + " trust",
                "local all " + identifier(administrator) + " trust",
                "local all +rds_iam trust",
                "local all all reject"));
        List<String> command = withoutRoot(binaries.program("postgres"), "-D", cluster.toString(),
                "-k", run.toString(), "-c", "listen_addresses=", "-c", "unix_socket_permissions=0700",
                "-c", "hba_file=" + access, "-c", "timezone=UTC", "-c", "log_timezone=UTC",
                "-c", "shared_buffers=64MB");
        if (temporary) {
            command.addAll(List.of("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"));
        }
        parameters.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        process = EngineProcess.start("PostgreSQL", run, command, SERVES);
        execute("postgres", """
                DO $$ BEGIN
                  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_superuser') THEN
                    CREATE ROLE rds_superuser NOLOGIN CREATEDB CREATEROLE;
                    CREATE ROLE rds_iam NOLOGIN;
                    GRANT rds_iam, pg_monitor, pg_signal_backend, pg_checkpoint, pg_read_all_data, pg_write_all_data
                      TO rds_superuser WITH ADMIN OPTION;
                  END IF;
                END $$""");
    }

    /**
     * Makes a user who administers databases as the master user of RDS does, and the first database, unless they are
     * there.
     */
    public void createDatabase(String name, String administrator) throws IOException {
        if (execute("postgres", "SELECT 1 FROM pg_roles WHERE rolname = " + literal(administrator)).isEmpty()) {
            execute("postgres", "CREATE ROLE " + identifier(administrator)
                    + " LOGIN CREATEDB CREATEROLE IN ROLE rds_superuser");
        }
        if (execute("postgres", "SELECT 1 FROM pg_database WHERE datname = " + literal(name)).isEmpty()) {
            execute("postgres", "CREATE DATABASE " + identifier(name) + " OWNER " + identifier(administrator));
        }
    }

    private static void create(PostgresBinaries binaries, Path cluster) throws IOException {
        Files.createDirectories(cluster.toAbsolutePath().getParent());
        Path part = Files.createTempDirectory(cluster.toAbsolutePath().getParent(), "new");
        List<String> command = withoutRoot(binaries.program("initdb"), "-D", part.toString(), "-U", SUPERUSER,
                "--auth=trust", "--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US",
                "--wal-segsize=1", "--no-sync", "--no-instructions");
        Path log = Files.createTempFile("plinth-initdb", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("LC_ALL", "C");
        Process init = builder.start();
        try {
            if (!init.waitFor(LONGEST_INIT_SECONDS, TimeUnit.SECONDS) || init.exitValue() != 0) {
                init.destroyForcibly();
                throw new IOException(
                        "PostgreSQL could not make a database cluster:\n" + Files.readString(log).indent(2));
            }
        } catch (InterruptedException e) {
            init.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while PostgreSQL made a database cluster", e);
        } finally {
            Files.deleteIfExists(log);
        }
        // All at once, so that a host killed here leaves no half of a cluster.
        Files.move(part, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    /** PostgreSQL refuses to run as root. In a user namespace of its own, root is an ordinary user. */
    private static List<String> withoutRoot(String... command) {
        List<String> all = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name")) && System.getProperty("os.name").equals("Linux")) {
            all.addAll(List.of("unshare", "--user"));
        }
        all.addAll(List.of(command));
        return all;
    }

    /** Opens a connection on which nothing has been said yet. */
    public EngineSocket connect() throws IOException {
        return EngineSocket.connect(run.resolve(".s.PGSQL." + PORT_IN_SOCKET_NAME));
    }

    /**
     * Runs statements as the superuser.
     *
     * @return the values of the rows, each as its text, in one list
     * @throws PostgresException if PostgreSQL refuses them
     */
    List<String> execute(String database, String sql) throws IOException {
        try (EngineSocket socket = connect()) {
            return PostgresSession.start(socket, SUPERUSER, database).execute(sql);
        }
    }

    /** Quotes a name for use in a statement. */
    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Quotes a text for use in a statement. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    List<ProcessHandle> processes() {
        return process.processes();
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.close();
        } else if (Files.exists(run)) {
            EngineWatch.delete(run);
        }
    }

    /** PostgreSQL's refusal of a statement, in its words. */
    public static final class PostgresException extends IOException {
        private static final long serialVersionUID = 1L;

        PostgresException(String message) {
            super(message);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
