package dev.plinth.local.engine;

import java.io.Closeable;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** ElasticMQ, served on loopback. Messages live in memory. Thread-safe. */
public final class SqsEngine implements Closeable {
    private final CompletableFuture<SQSRestServer> server = new CompletableFuture<>();

    private SqsEngine() {
    }

    /**
     * Begins to start the engine, beside the caller's own work.
     *
     * @param door what queue URLs begin with: whoever uses one comes through the door, not to the engine
     */
    public static SqsEngine start(String accountId, String region, URI door) {
        SqsEngine engine = new SqsEngine();
        Thread starter = new Thread(() -> engine.begin(accountId, region, door), "start of ElasticMQ");
        starter.setDaemon(true);
        starter.start();
        return engine;
    }

    private void begin(String accountId, String region, URI door) {
        try {
            SQSRestServer started = SQSRestServerBuilder
                    .withInterface("127.0.0.1")
                    .withDynamicPort()
                    .withAWSAccountId(accountId)
                    .withAWSRegion(region)
                    .withServerAddress(new NodeAddress(door.getScheme(), door.getHost(), door.getPort(), ""))
                    .start();
            started.waitUntilStarted();
            server.complete(started);
        } catch (RuntimeException | Error e) {
            server.completeExceptionally(e);
        }
    }

    /** Returns where the engine serves, once it does. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.join().waitUntilStarted().localAddress().getPort());
    }

    /**
     * Has ElasticMQ stop, and does not wait for it: what it holds is in memory, and when the process ends it stops by a
     * shutdown hook of its own, after which its answer to ours would never come.
     */
    @Override
    public void close() {
        server.exceptionally(failure -> null).thenAccept(started -> {
            if (started != null) {
                started.stopAndGetFuture().apply();
            }
        }).join();
    }
}
