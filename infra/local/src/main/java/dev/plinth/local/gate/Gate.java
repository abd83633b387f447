package dev.plinth.local.gate;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A port on loopback in front of an engine. It can be shut and opened again, which is to its clients an engine that
 * goes down and comes back. Thread-safe.
 */
public final class Gate implements Closeable {
    private static final int BACKLOG = 512;

    private final String engine;
    private final String constructPath;
    private final Protocol protocol;
    private final Connections connections = new Connections();
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;
    private final ServerSocket listener;
    private volatile boolean open = true;

    /** What is spoken at a gate. */
    interface Protocol {
        /** Serves a client to its end. An exception ends the client's connection. */
        void serve(Client client, int port) throws IOException;
    }

    private Gate(String engine, String constructPath, Protocol protocol, ServerSocket listener) {
        this.engine = engine;
        this.constructPath = constructPath;
        this.protocol = protocol;
        this.listener = listener;
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "gate of " + engine);
            thread.setDaemon(true);
            return thread;
        });
        threads.execute(this::accept);
    }

    /**
     * Opens a gate on a free port.
     *
     * @param engine        the engine's name, for example {@code postgresql}
     * @param constructPath what the gate stands for
     */
    static Gate open(String engine, String constructPath, Protocol protocol) throws IOException {
        return new Gate(engine, constructPath, protocol,
                new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    System.err.println("The gate of " + engine + " lost a client: " + e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (Client client = new Client(socket, connections)) {
            clients.add(client);
            try {
                // Asked after it has been added, so that a gate that shuts now cuts it off, here or there.
                if (open) {
                    protocol.serve(client, port());
                } else {
                    client.cut();
                }
            } catch (IOException e) {
                client.cut();
            } finally {
                clients.remove(client);
            }
        } catch (IOException e) {
            // The client went away; there is nobody to tell.
            return;
        }
    }

    public String engine() {
        return engine;
    }

    /** Returns where clients connect: a loopback address, and the port. */
    public String host() {
        return InetAddress.getLoopbackAddress().getHostAddress();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /**
     * Cuts off every client, and new ones as soon as they come, until {@link #start}. The port stays taken: given back,
     * it might be another program's when the gate opens again.
     */
    public void stop() {
        open = false;
        clients.forEach(Client::cut);
    }

    /** Takes clients again. */
    public void start() {
        open = true;
    }

    /**
     * The gate as the console page shows it.
     *
     * @param connections by user
     */
    public record View(String engine, String path, int port, boolean open, List<UserView> connections) {
    }

    /** The connections of a user: open now, at most at once, in all, and refused sign-ins. */
    public record UserView(String user, int current, int peak, int total, int refused) {
    }

    public View view() {
        return new View(engine, constructPath, port(), open, connections.view());
    }

    @Override
    public void close() throws IOException {
        listener.close();
        clients.forEach(Client::cut);
        threads.shutdown();
    }
}
