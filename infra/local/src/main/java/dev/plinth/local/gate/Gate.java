package dev.plinth.local.gate;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A port on loopback in front of an engine. It can be shut and opened again, which is to its clients an engine that goes
 * down and comes back. Thread-safe.
 */
public final class Gate implements Closeable {
    private static final int BACKLOG = 512;

    private final String engine;
    private final String constructPath;
    private final Protocol protocol;
    private final Connections connections = new Connections();
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;
    private final int port;
    /** The listener while the gate is open; while it is shut, a socket that keeps the port from others, and refuses. */
    private Closeable holder;
    private boolean open;

    /** What is spoken at a gate. */
    interface Protocol {
        /** Serves a client to its end. An exception ends the client's connection. */
        void serve(Client client, int port) throws IOException;
    }

    private Gate(String engine, String constructPath, Protocol protocol, ServerSocket listener) {
        this.engine = engine;
        this.constructPath = constructPath;
        this.protocol = protocol;
        this.port = listener.getLocalPort();
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "gate of " + engine);
            thread.setDaemon(true);
            return thread;
        });
        listen(listener);
    }

    /**
     * Opens a gate on a free port.
     *
     * @param engine        the engine's name, for example {@code postgresql}
     * @param constructPath what the gate stands for
     */
    static Gate open(String engine, String constructPath, Protocol protocol) throws IOException {
        return new Gate(engine, constructPath, protocol, listener(0));
    }

    private static ServerSocket listener(int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            return listener;
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    private synchronized void listen(ServerSocket listener) {
        holder = listener;
        open = true;
        Thread acceptor = new Thread(() -> accept(listener), "gate of " + engine);
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private void accept(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                threads.execute(() -> serve(socket, listener));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    System.err.println("The gate of " + engine + " lost a client: " + e);
                }
            }
        }
    }

    private void serve(Socket socket, ServerSocket listener) {
        try (Client client = new Client(socket, connections)) {
            clients.add(client);
            try {
                // Shut in the meantime: its clients have been cut off already, and this one was not among them.
                if (listener.isClosed()) {
                    client.cut();
                } else {
                    protocol.serve(client, port);
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
        return port;
    }

    /** Cuts off every client and refuses new ones, until {@link #start}. */
    public synchronized void stop() throws IOException {
        if (open) {
            holder.close();
            open = false;
            Socket placeholder = new Socket();
            placeholder.setReuseAddress(true);
            placeholder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            holder = placeholder;
            clients.forEach(Client::cut);
        }
    }

    /** Takes clients again, on the same port. */
    public synchronized void start() throws IOException {
        if (!open) {
            holder.close();
            listen(listener(port));
        }
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

    public synchronized View view() {
        return new View(engine, constructPath, port, open, connections.view());
    }

    @Override
    public synchronized void close() throws IOException {
        holder.close();
        clients.forEach(Client::cut);
        threads.shutdownNow();
    }
}
