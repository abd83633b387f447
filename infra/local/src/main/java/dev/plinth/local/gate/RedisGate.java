package dev.plinth.local.gate;

import dev.plinth.local.engine.EngineSocket;
import dev.plinth.local.engine.RedisEngine;
import dev.plinth.local.gate.Verdict.Admitted;
import dev.plinth.local.network.Placement;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/**
 * Redis's protocol (RESP) as ElastiCache speaks it with TLS and IAM authentication. The gate reads commands for the
 * sake of {@code AUTH} and {@code HELLO ... AUTH}, in which it puts the engine's password in the place of a good token
 * and a wrong one in the place of a bad one; so the engine answers everything, in order. A client may sign in again
 * later, as it has to on AWS before its token's 12 hours are over.
 */
public final class RedisGate implements Gate.Protocol {
    public static final String ENGINE = "redis";

    private static final int LONGEST_LINE = 64;
    private static final int LONGEST_SIGN_IN = 64 * 1024;
    private static final int MOST_SIGN_IN_WORDS = 16;
    private static final int BUFFER = 16 * 1024;
    private static final int MOST_WORDS = 1024 * 1024;
    private static final int LONGEST_WORD = 512 * 1024 * 1024;
    private static final String NO_PASSWORD = "-";

    private final RedisEngine engine;
    private final SignIns signIns;
    private final SSLContext tls;
    private final Target target;
    private final String cacheName;
    /** The engine's passwords by user. */
    private final Map<String, String> passwords;

    private RedisGate(RedisEngine engine, SignIns signIns, GateKeys keys, Target target, String cacheName,
                      Map<String, String> passwords) throws IOException {
        this.engine = engine;
        this.signIns = signIns;
        this.tls = keys.serverContext();
        this.target = target;
        this.cacheName = cacheName;
        this.passwords = new ConcurrentHashMap<>(passwords);
    }

    /**
     * Opens a gate in front of the engine.
     *
     * @param cacheName the id of the replication group, for which tokens are made
     * @param cacheArn  its ARN
     * @param userArns  what the ARN of each user begins with, up to and including the colon before its id
     * @param passwords the engine's password of each user that may sign in
     * @param placement where the cache stands in the network
     * @param port      the port that the templates know
     */
    public static Gate open(RedisEngine engine, SignIns signIns, GateKeys keys, String cacheName, String cacheArn,
                            String userArns, Map<String, String> passwords, Placement placement, int port)
            throws IOException {
        Target target = new Target("elasticache", "elasticache:Connect", "User",
                user -> List.of(cacheArn, userArns + user), placement, port);
        return Gate.open(ENGINE, placement.constructPath(),
                new RedisGate(engine, signIns, keys, target, cacheName, passwords));
    }

    /** Something that is no command. */
    private static final class ProtocolException extends IOException {
        private static final long serialVersionUID = 1L;

        ProtocolException(String message) {
            super(message);
        }
    }

    @Override
    public void serve(Client client, int port) throws IOException {
        client.secure(tls);
        try (EngineSocket socket = engine.connect()) {
            client.copyFrom(socket);
            Session session = new Session(client, socket);
            try {
                while (session.passCommand()) {
                    // Until the client ends.
                }
            } catch (ProtocolException e) {
                client.write(("-ERR Protocol error: " + e.getMessage() + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** What goes from one client to the engine. */
    private final class Session {
        private final Client client;
        private final EngineSocket socket;
        private final ByteArrayOutputStream outgoing = new ByteArrayOutputStream();
        private boolean counted;

        Session(Client client, EngineSocket socket) {
            this.client = client;
            this.socket = socket;
        }

        private void send(byte[] bytes, int length) throws IOException {
            outgoing.write(bytes, 0, length);
            if (outgoing.size() > BUFFER) {
                flush();
            }
        }

        private void send(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            send(bytes, bytes.length);
        }

        private void flush() throws IOException {
            socket.write(outgoing.toByteArray());
            outgoing.reset();
        }

        /** Passes the next command on, and all that are held back when no other one has come yet; false at the end. */
        boolean passCommand() throws IOException {
            DataInputStream in = client.in();
            int first = in.read();
            if (first < 0) {
                return false;
            }
            if (first != '*') {
                throw new ProtocolException("expected '*', got '" + (char) first + "'");
            }
            int words = readLength(in, MOST_WORDS);
            if (words > 0) {
                passCommand(words);
            }
            if (in.available() == 0) {
                flush();
            }
            return true;
        }

        private void passCommand(int words) throws IOException {
            int length = readWordLength(client.in());
            if (length > "hello".length()) {
                send("*" + words + "\r\n");
                passWord(length);
                passWords(words - 1);
                return;
            }
            String name = readWord(client.in(), length);
            if (name.equalsIgnoreCase("auth") || name.equalsIgnoreCase("hello")) {
                sendCommand(withEnginePassword(readSignIn(name, words)));
            } else {
                send("*" + words + "\r\n$" + length + "\r\n" + name + "\r\n");
                passWords(words - 1);
            }
        }

        private void passWords(int words) throws IOException {
            for (int i = 0; i < words; i++) {
                passWord(readWordLength(client.in()));
            }
        }

        private void passWord(int length) throws IOException {
            send("$" + length + "\r\n");
            byte[] buffer = new byte[Math.min(length + 2, BUFFER)];
            for (int left = length + 2; left > 0; ) {
                int read = client.in().read(buffer, 0, Math.min(left, buffer.length));
                if (read < 0) {
                    throw new EOFException("The client ended within a command");
                }
                send(buffer, read);
                left -= read;
            }
        }

        private List<String> readSignIn(String name, int words) throws IOException {
            List<String> command = new ArrayList<>(List.of(name));
            int left = LONGEST_SIGN_IN;
            for (int i = 1; i < words; i++) {
                int length = readWordLength(client.in());
                left -= length;
                if (left < 0 || words > MOST_SIGN_IN_WORDS) {
                    throw new ProtocolException("a sign-in that is too long");
                }
                command.add(readWord(client.in(), length));
            }
            return command;
        }

        private void sendCommand(List<String> command) throws IOException {
            send("*" + command.size() + "\r\n");
            for (String word : command) {
                send("$" + word.length() + "\r\n" + word + "\r\n");
            }
        }

        /** Replaces the token of {@code AUTH user token} or {@code HELLO 3 AUTH user token ...}. */
        private List<String> withEnginePassword(List<String> command) throws IOException {
            int user = 1;
            if (command.get(0).equalsIgnoreCase("hello")) {
                user = 0;
                for (int i = 1; i + 2 < command.size() && user == 0; i++) {
                    user = command.get(i).equalsIgnoreCase("auth") ? i + 1 : 0;
                }
            }
            if (user == 0 || user + 1 >= command.size()) {
                // Nobody signs in. AUTH with a password alone is for the default user, whom the engine does not let in.
                return command;
            }
            List<String> replaced = new ArrayList<>(command);
            replaced.set(user + 1, enginePassword(command.get(user), command.get(user + 1)));
            return replaced;
        }

        private String enginePassword(String user, String token) throws IOException {
            long started = System.nanoTime();
            String password = passwords.get(user);
            Verdict verdict = password == null
                    ? signIns.refuse("nobody known", target, user, "the cache has no user " + user)
                    : signIns.judge(List.of(target), user, token, cacheName);
            if (verdict instanceof Admitted admitted) {
                signIns.admitted(target, admitted.caller(), (System.nanoTime() - started) / 1e6);
                if (!counted) {
                    counted = true;
                    client.signedIn(user);
                }
                return password;
            }
            client.refused(user);
            return NO_PASSWORD;
        }
    }

    private static int readWordLength(DataInputStream in) throws IOException {
        int first = in.read();
        if (first != '$') {
            throw new ProtocolException("expected '$', got '" + (char) first + "'");
        }
        return readLength(in, LONGEST_WORD);
    }

    private static int readLength(DataInputStream in, int most) throws IOException {
        StringBuilder digits = new StringBuilder();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0 || digits.length() > LONGEST_LINE) {
                throw new ProtocolException("a length without an end");
            }
            digits.append((char) next);
        }
        in.read();
        try {
            int length = Integer.parseInt(digits.toString());
            if (length >= 0 && length <= most) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new ProtocolException("invalid length");
        }
        throw new ProtocolException("invalid length");
    }

    private static String readWord(DataInputStream in, int length) throws IOException {
        byte[] word = new byte[length];
        in.readFully(word);
        in.readFully(new byte[2]);
        // Byte by byte, so that what is passed on is what was read.
        return new String(word, StandardCharsets.ISO_8859_1);
    }
}
