package dev.plinth.local.engine;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/** Redis, reachable by its Unix socket alone. Every user, the cloud itself too, has a password drawn for this run. */
public final class RedisEngine implements Closeable {
    private static final Pattern SERVES = Pattern.compile("ready to accept connections");
    private static final String OURS = "plinth-gate";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path socket;
    private final String password;
    private final EngineProcess process;

    private RedisEngine(Path socket, String password, EngineProcess process) {
        this.socket = socket;
        this.password = password;
        this.process = process;
    }

    /**
     * Starts the engine.
     *
     * @param store where its program is unpacked, and found again by the next start
     * @param data  where data is kept; empty for memory
     */
    public static RedisEngine start(Path store, Optional<Path> data) throws IOException {
        Path program = program(store);
        if (data.isPresent()) {
            Files.createDirectories(data.get());
            EngineProcess.awaitEndOfFormer("redis", data.get().resolve("redis.pid"));
        }
        Path run = Files.createTempDirectory("plinth-redis");
        Path socket = run.resolve("redis.sock");
        String password = drawPassword();
        List<String> settings = new ArrayList<>(List.of(
                "port 0", "unixsocket " + socket, "unixsocketperm 700", "save \"\"", "databases 1",
                // The user of a connection that has not signed in: it may do nothing but sign in.
                "user default off -@all +auth +hello",
                "user " + OURS + " on >" + password + " ~* &* +@all"));
        if (data.isPresent()) {
            Path kept = data.get().toAbsolutePath();
            settings.addAll(List.of("dir " + kept, "pidfile " + kept.resolve("redis.pid"), "appendonly yes"));
        }
        Path configuration = run.resolve("redis.conf");
        // The directory is open to this user alone, and so is the password.
        Files.write(configuration, settings);
        return new RedisEngine(socket, password, EngineProcess.start("Redis", run,
                List.of(program.toString(), configuration.toString()), SERVES));
    }

    private static Path program(Path store) throws IOException {
        OsArchitecture here = OsArchitecture.detectOSandArchitecture();
        String resource = ExecutableProvider.newProvidedVersionsMap().get(here);
        if (resource == null) {
            throw new IOException("There is no Redis for " + here.os + " on " + here.arch);
        }
        Path program = store.toAbsolutePath().resolve(Path.of(resource).getFileName().toString());
        if (!Files.exists(program)) {
            Files.createDirectories(program.getParent());
            Path part = Files.createTempFile(program.getParent(), "part", "");
            String absolute = resource.startsWith("/") ? resource : "/" + resource;
            try (InputStream code = ExecutableProvider.class.getResourceAsStream(absolute)) {
                Files.copy(code, part, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!part.toFile().setExecutable(true)) {
                throw new IOException(part + " cannot be made executable");
            }
            Files.move(part, program, StandardCopyOption.ATOMIC_MOVE);
        }
        return program;
    }

    /** Returns a password that nobody can guess. */
    static String drawPassword() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Opens a connection that has not signed in yet. */
    public EngineSocket connect() throws IOException {
        return EngineSocket.connect(socket);
    }

    /**
     * Makes or replaces a user.
     *
     * @param rules as Redis writes them, for example {@code ~session:* +get}
     * @return the user's password
     * @throws RedisException if Redis refuses the rules
     */
    public String defineUser(String name, List<String> rules) throws IOException {
        String drawn = drawPassword();
        List<String> command = new ArrayList<>(List.of("ACL", "SETUSER", name, "reset", "on", ">" + drawn));
        command.addAll(rules);
        execute(command);
        return drawn;
    }

    /**
     * Sets a parameter.
     *
     * @throws RedisException if Redis does not know it or refuses the value
     */
    public void configure(String parameter, String value) throws IOException {
        execute(List.of("CONFIG", "SET", parameter, value));
    }

    void execute(List<String> command) throws IOException {
        try (EngineSocket connection = connect()) {
            for (List<String> each : List.of(List.of("AUTH", OURS, password), command)) {
                connection.write(command(each));
                String answer = line(connection);
                if (answer.startsWith("-")) {
                    throw new RedisException(answer.substring(1));
                }
            }
        }
    }

    private static byte[] command(List<String> words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("*" + words.size() + "\r\n").getBytes(StandardCharsets.UTF_8));
        for (String word : words) {
            byte[] text = word.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(("$" + text.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(text);
            bytes.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String line(EngineSocket connection) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < 2 || line.charAt(line.length() - 1) != '\n') {
            line.append((char) connection.readExactly(1)[0]);
        }
        return line.toString().strip();
    }

    Path socket() {
        return socket;
    }

    List<ProcessHandle> processes() {
        return process.processes();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }

    /** Redis's refusal of a command, in its words. */
    public static final class RedisException extends IOException {
        private static final long serialVersionUID = 1L;

        RedisException(String message) {
            super(message);
        }
    }
}
