package dev.plinth.functions.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Stands in for AWS over HTTP: keeps what clients send, and answers as a test says. While it is open, the clients of
 * this JVM send to it, with a region and credentials of its own.
 */
public final class FakeAws implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.createDefault();

    /**
     * What a client sent.
     *
     * @param operation the target of the JSON protocols, for example {@code AmazonSQS.SendMessageBatch}; otherwise the
     *                  path
     */
    public record Request(String method, String operation, String contentType, String body) {
        public JsonNode json() {
            try {
                return JSON.readValue(body, JsonNode.class);
            } catch (IOException notJson) {
                throw new UncheckedIOException(notJson);
            }
        }
    }

    /** An answer; an error is named by a header, as the JSON protocols do. */
    public record Answer(int status, String errorType, String body) {
        public static Answer ok(String body) {
            return new Answer(200, null, body);
        }

        public static Answer error(int status, String type) {
            return new Answer(status, type, "{\"message\": \"made up\"}");
        }
    }

    /** Answers a request. */
    @FunctionalInterface
    public interface Answering {
        Answer answer(Request request);
    }

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final Properties before = (Properties) System.getProperties().clone();
    private volatile Answering answering;

    public FakeAws(Answering answering) {
        this.answering = answering;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fake-aws");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
        System.setProperty("aws.endpointUrl", uri().toString());
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Answers otherwise from now on. */
    public void answering(Answering otherwise) {
        this.answering = otherwise;
    }

    /** Returns what was sent since the start or since {@link #forget}, oldest first. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public void forget() {
        requests.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            Request request = new Request(exchange.getRequestMethod(),
                    target == null ? exchange.getRequestURI().getPath() : target,
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            Answer answer = answering.answer(request);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            if (answer.errorType() != null) {
                exchange.getResponseHeaders().add("x-amzn-ErrorType", answer.errorType());
            }
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        System.setProperties(before);
    }
}
