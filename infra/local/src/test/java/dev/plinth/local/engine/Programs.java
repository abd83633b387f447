package dev.plinth.local.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the engines' programs are unpacked for tests: once for all of them. */
public final class Programs {
    public static final Path STORE = Path.of("target", "engines");

    private Programs() {
    }

    /** Starts PostgreSQL, with an administrator named admin. */
    public static PostgresEngine postgres(Optional<Path> data) throws IOException {
        PostgresEngine engine = PostgresEngine.prepare(STORE, data);
        try {
            engine.serve(Map.of("max_connections", "250"), "admin");
            return engine;
        } catch (IOException e) {
            engine.close();
            throw e;
        }
    }

    public static RedisEngine redis() throws IOException {
        return RedisEngine.start(STORE, Optional.empty());
    }
}
