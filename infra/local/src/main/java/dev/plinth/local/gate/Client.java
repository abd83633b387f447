package dev.plinth.local.gate;

import dev.plinth.local.engine.EngineSocket;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client's connection to a gate. Used by one thread, except where a method says otherwise. */
final class Client implements Closeable {
    private static final int LONGEST_SIGN_IN_MILLIS = 15_000;
    private static final int BUFFER = 16 * 1024;

    private final Socket socket;
    private final Connections connections;
    private Socket secured;
    private DataInputStream in;
    private OutputStream out;
    private String user;

    Client(Socket socket, Connections connections) throws IOException {
        this.socket = socket;
        this.connections = connections;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LONGEST_SIGN_IN_MILLIS);
        this.secured = socket;
        // Unbuffered: what follows the plain text must be left for TLS.
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Goes over to TLS, as its server. */
    void secure(SSLContext context) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        tls.setUseClientMode(false);
        tls.startHandshake();
        secured = tls;
        in = new DataInputStream(new BufferedInputStream(tls.getInputStream(), BUFFER));
        out = tls.getOutputStream();
    }

    DataInputStream in() {
        return in;
    }

    /** Writes to the client at once. Thread-safe. */
    void write(byte[] bytes, int length) throws IOException {
        synchronized (out) {
            out.write(bytes, 0, length);
            out.flush();
        }
    }

    void write(byte[] bytes) throws IOException {
        write(bytes, bytes.length);
    }

    /** Notes that the client has signed in, and may take its time from now on. */
    void signedIn(String as) throws IOException {
        user = as;
        connections.opened(as);
        socket.setSoTimeout(0);
    }

    void refused(String as) {
        connections.refused(as);
    }

    /** Copies what the engine says to the client, in a thread of its own, until either side ends; then ends both. */
    void copyFrom(EngineSocket engine) {
        Socket connection = secured;
        Thread copier = new Thread(() -> {
            byte[] buffer = new byte[BUFFER];
            try (engine; connection) {
                for (int read = engine.read(buffer); read >= 0; read = engine.read(buffer)) {
                    write(buffer, read);
                }
            } catch (IOException e) {
                cut();
            }
        }, "answers of an engine");
        copier.setDaemon(true);
        copier.start();
    }

    /** Copies what the client says to the engine until either side ends. */
    void copyTo(EngineSocket engine) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            engine.write(buffer, 0, read);
        }
    }

    /** Breaks the connection at once, as a failure of the network would. May be called by any thread. */
    void cut() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is broken already.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        if (user != null) {
            connections.closed(user);
        }
        secured.close();
    }
}
