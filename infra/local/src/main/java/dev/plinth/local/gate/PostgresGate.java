package dev.plinth.local.gate;

import dev.plinth.local.engine.EngineSocket;
import dev.plinth.local.engine.PostgresEngine;
import dev.plinth.local.gate.Verdict.Admitted;
import dev.plinth.local.gate.Verdict.Refused;
import dev.plinth.local.network.Placement;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/**
 * The start of PostgreSQL's protocol (PostgreSQL documentation, "Message Flow"), as RDS speaks it with
 * {@code rds.force_ssl}: TLS first, then the password, which is a token of IAM authentication, or the administrator's.
 */
public final class PostgresGate implements Gate.Protocol {
    public static final String ENGINE = "postgresql";

    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;
    private static final int CANCEL_REQUEST = 80_877_102;
    private static final int PROTOCOL = 3;
    private static final int CANCEL_LENGTH = 16;
    private static final int LONGEST_STARTUP = 10_000;
    private static final int LONGEST_PASSWORD = 64 * 1024;
    private static final byte[] ASK_FOR_PASSWORD = {'R', 0, 0, 0, 8, 0, 0, 0, 3};

    private final PostgresEngine engine;
    private final SignIns signIns;
    private final SSLContext tls;
    /** The instance, and the proxies before it. */
    private final List<Target> targets = new CopyOnWriteArrayList<>();
    private final Optional<Administrator> administrator;
    private Gate gate;

    /**
     * The one user with a password.
     *
     * @param secretArn where the password is kept for those who may read it
     */
    public record Administrator(String user, String password, String secretArn) {
    }

    private PostgresGate(PostgresEngine engine, SignIns signIns, GateKeys keys, Target target,
                         Optional<Administrator> administrator) throws IOException {
        this.engine = engine;
        this.signIns = signIns;
        this.tls = keys.serverContext();
        this.targets.add(target);
        this.administrator = administrator;
    }

    /**
     * Opens a gate in front of the engine.
     *
     * @param userArns  what the ARN of each database user begins with, up to and including the slash before its name
     * @param placement where the instance or the proxy stands in the network
     * @param port      the port that the templates know
     */
    public static PostgresGate open(PostgresEngine engine, SignIns signIns, GateKeys keys, String userArns,
                                    Placement placement, int port, Optional<Administrator> administrator)
            throws IOException {
        PostgresGate protocol = new PostgresGate(engine, signIns, keys, target(userArns, placement, port),
                administrator);
        protocol.gate = Gate.open(ENGINE, placement.constructPath(), protocol);
        return protocol;
    }

    private static Target target(String userArns, Placement placement, int port) {
        return new Target("rds-db", "rds-db:connect", "DBUser", user -> List.of(userArns + user), placement, port);
    }

    /** Lets in at the same port who may connect to a proxy before the instance. */
    public void addProxy(String userArns, Placement placement, int port) {
        targets.add(target(userArns, placement, port));
    }

    public Gate gate() {
        return gate;
    }

    /** A first message that is none. PostgreSQL closes the connection without a word. */
    private static final class NoStartupException extends IOException {
        private static final long serialVersionUID = 1L;

        NoStartupException(String message) {
            super(message);
        }
    }

    @Override
    public void serve(Client client, int port) throws IOException {
        boolean secured = false;
        while (true) {
            byte[] first = readStartup(client.in());
            int code = ByteBuffer.wrap(first).getInt();
            if (code == CANCEL_REQUEST && first.length == CANCEL_LENGTH - 4) {
                passOn(first);
                return;
            } else if (code == GSS_REQUEST || code == SSL_REQUEST && secured) {
                client.write(new byte[] {'N'});
            } else if (code == SSL_REQUEST) {
                client.write(new byte[] {'S'});
                client.secure(tls);
                secured = true;
            } else if (code >> 16 == PROTOCOL) {
                signIn(client, port, first, secured);
                return;
            } else {
                throw new NoStartupException("protocol " + code);
            }
        }
    }

    /** Reads a message of the start, without its length. */
    private static byte[] readStartup(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 8 || length > LONGEST_STARTUP) {
            throw new NoStartupException("a length of " + length);
        }
        byte[] message = new byte[length - 4];
        in.readFully(message);
        return message;
    }

    private void passOn(byte[] cancelRequest) throws IOException {
        try (EngineSocket socket = engine.connect()) {
            socket.write(withLength(cancelRequest));
            // PostgreSQL closes the connection when it has heard.
            socket.read(new byte[1]);
        }
    }

    private void signIn(Client client, int port, byte[] startup, boolean secured) throws IOException {
        Map<String, String> parameters = parameters(startup);
        String user = parameters.getOrDefault("user", "");
        if (!secured) {
            client.refused(user);
            client.write(error("28000", "no pg_hba.conf entry for host \"127.0.0.1\", user \""
                    + user + "\", database \"" + parameters.getOrDefault("database", user) + "\", no encryption",
                    "The server takes TLS connections only."));
            return;
        }
        long started = System.nanoTime();
        client.write(ASK_FOR_PASSWORD);
        Optional<String> password = readPassword(client.in());
        if (password.isEmpty()) {
            client.write(error("08P01", "expected password response",
                    "The first message after the start was another one."));
            return;
        }
        if (user.equals(PostgresEngine.SUPERUSER)) {
            client.refused(user);
            client.write(error("28000", "pg_hba.conf rejects connection for host \"127.0.0.1\", user \"" + user + "\"",
                    "The superuser is RDS's own."));
            return;
        }
        if (administrator.isPresent() && administrator.get().user().equals(user)) {
            Optional<String> reason = refusal(administrator.get(), password.get());
            if (reason.isPresent()) {
                client.refused(user);
                signIns.refuse("nobody known", targets.get(0), user, reason.get());
                client.write(error("28P01", "password authentication failed for user \"" + user + "\"", reason.get()));
                return;
            }
            signIns.admitted(targets.get(0), "administrator", (System.nanoTime() - started) / 1e6);
        } else {
            Verdict verdict = signIns.judge(targets, user, password.get(), "127.0.0.1:" + port);
            if (verdict instanceof Refused refused) {
                client.refused(user);
                client.write(error("28000", "PAM authentication failed for user \"" + user + "\"", refused.reason()));
                return;
            }
            signIns.admitted(targets.get(0), ((Admitted) verdict).caller(), (System.nanoTime() - started) / 1e6);
        }
        try (EngineSocket socket = engine.connect()) {
            client.signedIn(user);
            socket.write(withLength(startup));
            client.copyFrom(socket);
            client.copyTo(socket);
        }
    }

    private Optional<String> refusal(Administrator who, String password) {
        boolean right = MessageDigest.isEqual(password.getBytes(StandardCharsets.UTF_8),
                who.password().getBytes(StandardCharsets.UTF_8));
        return right ? signIns.obstacleForReaders(who.secretArn(), targets.get(0))
                : Optional.of("the password is not the one of the master secret");
    }

    private static Map<String, String> parameters(byte[] startup) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String[] texts = new String(startup, 4, startup.length - 4, StandardCharsets.UTF_8).split("\0");
        for (int i = 0; i + 1 < texts.length; i += 2) {
            parameters.put(texts[i], texts[i + 1]);
        }
        return parameters;
    }

    private static Optional<String> readPassword(DataInputStream in) throws IOException {
        byte type = in.readByte();
        int length = in.readInt();
        if (type != 'p' || length < 5 || length > LONGEST_PASSWORD) {
            return Optional.empty();
        }
        byte[] text = new byte[length - 4];
        in.readFully(text);
        return Optional.of(new String(text, 0, text.length - 1, StandardCharsets.UTF_8));
    }

    private static byte[] withLength(byte[] message) {
        return ByteBuffer.allocate(4 + message.length).putInt(4 + message.length).put(message).array();
    }

    /** Makes an ErrorResponse: severity, its untranslated form, SQLSTATE, message and detail. */
    private static byte[] error(String state, String message, String detail) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        Map<Character, String> values = new LinkedHashMap<>();
        values.put('S', "FATAL");
        values.put('V', "FATAL");
        values.put('C', state);
        values.put('M', message);
        values.put('D', detail);
        values.forEach((field, value) -> {
            fields.write(field);
            fields.writeBytes(value.getBytes(StandardCharsets.UTF_8));
            fields.write(0);
        });
        fields.write(0);
        return ByteBuffer.allocate(5 + fields.size()).put((byte) 'E').putInt(4 + fields.size())
                .put(fields.toByteArray()).array();
    }
}
