package dev.plinth.webhooks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Receives webhooks on a real port, byte by byte, so that it can also answer as no server would. */
public final class Receiver implements AutoCloseable {
    /** A request that arrived. */
    public record Request(String line, Map<String, String> headers, String body) {
    }

    /** Answers a connection after its request was read. */
    @FunctionalInterface
    public interface Answering {
        void answer(Request request, OutputStream output) throws IOException;
    }

    private final ServerSocket server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile Answering answering = status(204);

    public Receiver() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        thread(this::accept);
    }

    public static Answering status(int status) {
        return raw("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n");
    }

    public static Answering raw(String text) {
        return (request, output) -> output.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void answering(Answering otherwise) {
        answering = otherwise;
    }

    public int port() {
        return server.getLocalPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/hook");
    }

    /** Returns the exception for this receiver, and no other. */
    Receivers exception() {
        return Receivers.parse("127.0.0.1:" + port());
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public void forget() {
        requests.clear();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                thread(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream input = new BufferedInputStream(socket.getInputStream());
            String line = line(input);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String header = line(input); !header.isEmpty(); header = line(input)) {
                headers.put(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 1).strip());
            }
            byte[] body = input.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
            Request request = new Request(line, headers, new String(body, StandardCharsets.UTF_8));
            requests.add(request);
            answering.answer(request, socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException cutOff) {
            // The client has seen enough.
        }
    }

    private static String line(InputStream input) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n' && next >= 0; next = input.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "receiver");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
