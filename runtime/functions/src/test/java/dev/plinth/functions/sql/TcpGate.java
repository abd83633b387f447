package dev.plinth.functions.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port before a server, which can be shut, so that the server is down for those who connect there, and opened again. */
public final class TcpGate implements AutoCloseable {
    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket entrance;
    private Thread porter;

    /** Opens a gate before a port of this machine. */
    public TcpGate(int target) {
        this.target = target;
        this.entrance = listen(0);
        this.port = entrance.getLocalPort();
    }

    public int port() {
        return port;
    }

    /** Lets connections through again. */
    public void open() {
        entrance = listen(port);
    }

    /** Breaks the connections that there are, and refuses new ones. */
    public void shut() {
        closeQuietly(entrance);
        try {
            // Until then, somebody may still be let in.
            porter.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        sockets.forEach(TcpGate::closeQuietly);
        sockets.clear();
    }

    private ServerSocket listen(int at) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
            porter = start(() -> accept(listening));
            return listening;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket near = listening.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(near);
                sockets.add(far);
                start(() -> pipe(near, far));
                start(() -> pipe(far, near));
            } catch (IOException shut) {
                return;
            }
        }
    }

    private static void pipe(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException broken) {
            // One side is gone, and closing both tells the other.
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "gate");
        thread.setDaemon(true);
        thread.start();
        return thread;
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
    }
}
