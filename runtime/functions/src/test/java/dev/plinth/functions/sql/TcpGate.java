package dev.plinth.functions.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port before a server, which can be shut, so that the server is down for those who connect there, and opened again.
 * It listens all the time: a port that is given up could be somebody else's when it is wanted back.
 */
public final class TcpGate implements AutoCloseable {
    private final int target;
    private final ServerSocket entrance;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private boolean open = true;

    /** Opens a gate before a port of this machine. */
    public TcpGate(int target) {
        this.target = target;
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        start(this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** Lets connections through again. */
    public synchronized void open() {
        open = true;
    }

    /** Breaks the connections that there are, and new ones at once. */
    public synchronized void shut() {
        open = false;
        sockets.forEach(TcpGate::closeQuietly);
        sockets.clear();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                enter(entrance.accept());
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** Not while the gate is being shut: somebody could be let in behind its back. */
    private synchronized void enter(Socket near) throws IOException {
        if (!open) {
            near.close();
            return;
        }
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(near);
        sockets.add(far);
        start(() -> pipe(near, far));
        start(() -> pipe(far, near));
    }

    private static void pipe(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // One side is gone, and closing both tells the other.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "gate");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable closed) {
        try {
            closed.close();
        } catch (Exception alreadyBroken) {
            // It was to be broken.
        }
    }

    @Override
    public void close() {
        shut();
        closeQuietly(entrance);
    }
}
