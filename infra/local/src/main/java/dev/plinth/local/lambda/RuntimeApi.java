package dev.plinth.local.lambda;

import dev.plinth.local.net.Exchange;
import dev.plinth.local.net.LoopbackServer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpField;

/**
 * The Lambda Runtime API (version 2018-06-01) for all processes: each has a path of its own, which it alone knows.
 */
public final class RuntimeApi implements Closeable {
    private static final String VERSION = "/2018-06-01/runtime/";
    /** Lambda's own limit, in bytes. */
    private static final int LARGEST_ANSWER = 6_291_556;

    private final LoopbackServer server;
    private final Map<String, RuntimeSession> sessions = new ConcurrentHashMap<>();

    private RuntimeApi() throws IOException {
        this.server = LoopbackServer.start("the Lambda Runtime API", "(no flag)", 0, this::answer);
    }

    public static RuntimeApi start() throws IOException {
        return new RuntimeApi();
    }

    /** Returns what {@code AWS_LAMBDA_RUNTIME_API} must hold for the session's process. */
    String open(RuntimeSession session) {
        sessions.put(session.id(), session);
        return "127.0.0.1:" + server.port() + "/" + session.id();
    }

    void forget(RuntimeSession session) {
        sessions.remove(session.id());
    }

    private void answer(Exchange exchange) throws Exception {
        String path = exchange.rawPath();
        int version = path.indexOf(VERSION);
        RuntimeSession session = version < 1 ? null : sessions.get(path.substring(1, version));
        if (session == null) {
            exchange.answer(404, "text/plain", "No process has this path.\n");
            return;
        }
        String call = exchange.method() + " " + path.substring(version + VERSION.length());
        if (call.equals("GET invocation/next")) {
            deliver(exchange, session);
        } else if (call.equals("GET restore/next")) {
            session.restored();
            exchange.answer(200, List.of(), new byte[0]);
        } else if (call.equals("POST init/error") || call.equals("POST restore/error")) {
            session.didNotStart(text(exchange));
            exchange.answer(202, List.of(), new byte[0]);
        } else if (call.startsWith("POST invocation/") && call.endsWith("/response")) {
            takeAnswer(exchange, session, requestId(call));
        } else if (call.startsWith("POST invocation/") && call.endsWith("/error")) {
            session.threw(requestId(call), text(exchange));
            exchange.answer(202, List.of(), new byte[0]);
        } else {
            exchange.answer(404, "text/plain", "The Runtime API has no " + call + ".\n");
        }
    }

    private static void deliver(Exchange exchange, RuntimeSession session) throws InterruptedException {
        Optional<RuntimeSession.Invocation> next = session.awaitNext();
        if (next.isEmpty()) {
            exchange.abort();
            return;
        }
        RuntimeSession.Invocation invocation = next.get();
        exchange.answer(200, List.of(
                new HttpField("Content-Type", "application/json"),
                new HttpField("Lambda-Runtime-Aws-Request-Id", invocation.requestId()),
                new HttpField("Lambda-Runtime-Deadline-Ms", Long.toString(invocation.deadlineMillis())),
                new HttpField("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn()),
                new HttpField("Lambda-Runtime-Trace-Id", invocation.traceId())), invocation.payload());
    }

    private static void takeAnswer(Exchange exchange, RuntimeSession session, String requestId) throws IOException {
        byte[] answer;
        try {
            answer = exchange.body(LARGEST_ANSWER);
        } catch (Exchange.BodyTooLargeException e) {
            // Read to its end, so that the process gets this answer instead of a broken connection.
            exchange.skipBody();
            session.threw(requestId, "its answer is longer than " + LARGEST_ANSWER + " bytes, Lambda's limit");
            exchange.answer(413, List.of(), new byte[0]);
            return;
        }
        session.answered(requestId, answer);
        exchange.answer(202, List.of(), new byte[0]);
    }

    private static String requestId(String call) {
        return call.split("/")[1];
    }

    private static String text(Exchange exchange) throws IOException {
        return new String(exchange.body(LARGEST_ANSWER), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
