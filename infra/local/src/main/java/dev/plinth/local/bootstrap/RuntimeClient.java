package dev.plinth.local.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** The calls of the Lambda Runtime API (version 2018-06-01), over the JDK's own HTTP client. */
final class RuntimeClient {
    private final String base;

    /** @param endpoint what {@code AWS_LAMBDA_RUNTIME_API} holds: host, port and, on the laptop, a path */
    RuntimeClient(String endpoint) {
        this.base = "http://" + endpoint + "/2018-06-01/runtime/";
    }

    record Event(String requestId, String functionArn, String traceId, long deadlineMillis, byte[] payload) {
    }

    Event next() throws IOException {
        HttpURLConnection connection = open("invocation/next", "GET");
        byte[] payload = read(connection);
        return new Event(
                connection.getHeaderField("Lambda-Runtime-Aws-Request-Id"),
                connection.getHeaderField("Lambda-Runtime-Invoked-Function-Arn"),
                connection.getHeaderField("Lambda-Runtime-Trace-Id"),
                Long.parseLong(connection.getHeaderField("Lambda-Runtime-Deadline-Ms")),
                payload);
    }

    void awaitRestore() throws IOException {
        read(open("restore/next", "GET"));
    }

    void answer(String requestId, byte[] payload) throws IOException {
        HttpURLConnection connection = send("invocation/" + requestId + "/response", payload);
        if (connection.getResponseCode() == HttpURLConnection.HTTP_ENTITY_TOO_LARGE) {
            // The event has failed, as the host knows; the process serves the next one, as on Lambda.
            return;
        }
        read(connection);
    }

    void fail(String requestId, byte[] description) throws IOException {
        post("invocation/" + requestId + "/error", description);
    }

    void reportInitFailure(byte[] description) throws IOException {
        post("init/error", description);
    }

    private void post(String path, byte[] body) throws IOException {
        read(send(path, body));
    }

    private HttpURLConnection send(String path, byte[] body) throws IOException {
        HttpURLConnection connection = open(path, "POST");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        return connection;
    }

    private HttpURLConnection open(String path, String method) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(base + path).toURL().openConnection();
        connection.setRequestMethod(method);
        return connection;
    }

    private static byte[] read(HttpURLConnection connection) throws IOException {
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }
}
