package dev.plinth.local.engine;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import dev.plinth.local.net.LoopbackServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.server.handler.ContextHandler;

/**
 * Amazon's DynamoDB Local, served on loopback. Its own launcher binds every address and sends usage figures to Amazon,
 * so its handler is served from here instead.
 */
public final class DynamoDbEngine implements Closeable {
    private final LocalDynamoDBRequestHandler database;
    private final LoopbackServer server;

    private DynamoDbEngine(LocalDynamoDBRequestHandler database, LoopbackServer server) {
        this.database = database;
        this.server = server;
    }

    /**
     * Starts the engine.
     *
     * @param libraries the directory of SQLite's native libraries
     * @param data      where tables are kept; empty for memory
     */
    public static DynamoDbEngine start(Path libraries, Optional<Path> data) throws IOException {
        System.setProperty("sqlite4java.library.path", libraries.toAbsolutePath().toString());
        if (data.isPresent()) {
            Files.createDirectories(data.get());
        }
        try {
            LocalDynamoDBRequestHandler database = new LocalDynamoDBRequestHandler(
                    0, data.isEmpty(), data.map(Path::toString).orElse(null), true, false);
            LoopbackServer server = LoopbackServer.start("DynamoDB Local", "(no flag)", 0,
                    new ContextHandler(new LocalDynamoDBServerHandler(database, null), "/"));
            return new DynamoDbEngine(database, server);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("DynamoDB Local did not start", e);
        }
    }

    public URI url() {
        return URI.create(server.url());
    }

    @Override
    public void close() throws IOException {
        server.close();
        database.shutdown();
    }
}
