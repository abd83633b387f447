package dev.plinth.local.bootstrap;

import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Runs one handler over the Lambda Runtime API, in Lambda's order: construct, checkpoint, restore, then events until
 * the process ends. It ends when its standard input closes, so no function outlives the host that started it.
 *
 * <p>Reads the environment variables that Lambda sets; {@code _HANDLER} names a {@link RequestStreamHandler}.
 */
public final class Bootstrap {
    private static final String SNAP_START = "snap-start";

    private final RuntimeClient client;
    private final Map<String, String> environment;

    private Bootstrap(Map<String, String> environment) {
        this.environment = environment;
        this.client = new RuntimeClient(environment.get("AWS_LAMBDA_RUNTIME_API"));
    }

    public static void main(String[] arguments) {
        endWithStandardInput();
        try {
            new Bootstrap(System.getenv()).run();
        } catch (IOException e) {
            // A thread of the handler may keep the JVM alive, and nobody would tell it of the next event.
            System.err.println("The Runtime API does not answer: " + e);
            System.exit(1);
        }
    }

    private static void endWithStandardInput() {
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // The host writes nothing; only the end counts.
                }
            } catch (IOException e) {
                System.err.println("The host's pipe broke: " + e.getMessage());
            }
            System.exit(0);
        }, "host-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private void run() throws IOException {
        RequestStreamHandler handler;
        try {
            handler = load(environment.get("_HANDLER"));
            if (SNAP_START.equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
                Core.getGlobalContext().beforeCheckpoint(null);
                client.awaitRestore();
                Core.getGlobalContext().afterRestore(null);
            }
        } catch (Throwable failure) {
            client.reportInitFailure(describe(failure));
            System.exit(1);
            return;
        }
        while (true) {
            RuntimeClient.Event event = client.next();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                handler.handleRequest(new ByteArrayInputStream(event.payload()), answer, new InvocationContext(event, environment));
            } catch (Throwable failure) {
                byte[] description = describe(failure);
                if (failure instanceof VirtualMachineError || failure instanceof IOError) {
                    // Lambda's own client ends after these too. Its end is the report, so that no event comes in between.
                    System.exit(1);
                }
                client.fail(event.requestId(), description);
                continue;
            }
            client.answer(event.requestId(), answer.toByteArray());
        }
    }

    private static RequestStreamHandler load(String handler) throws Throwable {
        String className = handler.endsWith("::handleRequest") ? handler.substring(0, handler.indexOf("::")) : handler;
        try {
            if (Class.forName(className).getDeclaredConstructor().newInstance() instanceof RequestStreamHandler stream) {
                return stream;
            }
        } catch (InvocationTargetException e) {
            // What the constructor threw says more than that it threw.
            throw e.getCause();
        }
        throw new IllegalArgumentException(className + " is no RequestStreamHandler, the only kind of handler that runs here");
    }

    /** Describes a failure as Lambda does: a JSON object with errorMessage, errorType and stackTrace. */
    private static byte[] describe(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        System.err.print(trace);
        String json = "{\"errorMessage\":" + quote(String.valueOf(failure.getMessage()))
                + ",\"errorType\":" + quote(failure.getClass().getName())
                + ",\"stackTrace\":[" + quote(trace.toString()) + "]}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
