package dev.plinth.local.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP/1.1 server on 127.0.0.1. A request whose Host header names anything but loopback is refused with 421, so that
 * a web page cannot reach the laptop's cloud through a name of its own (DNS rebinding).
 */
public final class LoopbackServer implements Closeable {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");

    private final Server server;
    private final int port;

    private LoopbackServer(Server server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Answers a request; may block. */
    public interface Answerer {
        void answer(Exchange exchange) throws Exception;
    }

    /**
     * Starts a server.
     *
     * @param purpose what the port is for, for messages
     * @param flag    the flag by which a person chooses the port, for messages
     * @param port    the port, or 0 for a free one
     * @throws PortException when the port is not to be had
     */
    public static LoopbackServer start(String purpose, String flag, int port, Answerer answerer) throws IOException {
        return start(purpose, flag, port, new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                answerer.answer(new Exchange(request, response, callback));
                return true;
            }
        });
    }

    /** Starts a server for a Jetty handler, as {@link #start(String, String, int, Answerer)} does for an answerer. */
    public static LoopbackServer start(String purpose, String flag, int port, Handler handler) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(200, 2);
        threads.setName(purpose);
        threads.setDaemon(true);
        threads.setStopTimeout(0);
        Server server = new Server(threads);
        server.setStopTimeout(0);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(64 * 1024);
        // Paths reach the answerer as they were sent, with %2F and empty segments; it decodes them itself, once.
        http.setUriCompliance(UriCompliance.UNSAFE);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setIdleTimeout(0);
        server.addConnector(connector);
        server.setHandler(new Guard(handler));
        server.setErrorHandler(new Refusal(purpose));
        try {
            connector.open();
            server.start();
        } catch (IOException e) {
            if (e.getCause() instanceof BindException bind) {
                throw new PortException(purpose, flag, port, bind);
            }
            if (e instanceof BindException bind) {
                throw new PortException(purpose, flag, port, bind);
            }
            throw e;
        } catch (Exception e) {
            throw new IOException("The server of " + purpose + " did not start", e);
        }
        return new LoopbackServer(server, connector.getLocalPort());
    }

    /** Lets callers in who name loopback. */
    private static final class Guard extends Handler.Wrapper {
        Guard(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (LOOPBACK.contains(Request.getServerName(request))) {
                return super.handle(request, response, callback);
            }
            new Exchange(request, response, callback)
                    .answer(421, "text/plain", "This server answers to 127.0.0.1 and localhost only.\n");
            return true;
        }
    }

    /**
     * The answer to a request that is not HTTP, and to one whose answerer threw: in the form in which AWS's gateways
     * refuse, without what went wrong inside, which goes to the terminal.
     */
    private static final class Refusal extends ErrorHandler {
        private final String purpose;

        Refusal(String purpose) {
            this.purpose = purpose;
        }

        @Override
        public boolean errorPageForMethod(String method) {
            return true;
        }

        @Override
        protected void generateResponse(Request request, Response response, int code, String message, Throwable cause,
                                        Callback callback) {
            if (cause != null && HttpStatus.isServerError(code) && !isOfTheConnection(cause)) {
                System.err.println(purpose + " failed at " + request.getMethod() + " " + request.getHttpURI().getPath());
                cause.printStackTrace();
            }
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            Content.Sink.write(response, true, "{\"message\":\"" + HttpStatus.getMessage(code) + "\"}", callback);
        }

        /** Tells a connection that either side broke, which nobody has to hear of, from a failure of ours. */
        private static boolean isOfTheConnection(Throwable cause) {
            return cause instanceof Exchange.AbortedException || cause instanceof EofException;
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("A server on port " + port + " did not stop in order", e);
        }
    }

    /** A port that another program has, or that this user may not have, such as one below 1024. */
    public static final class PortException extends IOException {
        private static final long serialVersionUID = 1L;

        PortException(String purpose, String flag, int port, BindException refused) {
            super("Port " + port + ", chosen for " + purpose + " by " + flag + ", is taken or not allowed ("
                    + refused.getMessage() + "). Choose another one, or leave " + flag + " out to get a free one.", refused);
        }
    }
}
