package dev.plinth.local.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LoopbackServerTest {
    @Test
    void saysWhichPortIsTakenAndHowToChooseAnother() throws Exception {
        try (LoopbackServer first = start(0)) {
            assertThatThrownBy(() -> start(first.port()))
                    .isInstanceOf(LoopbackServer.PortException.class)
                    .hasMessageContaining("Port " + first.port()).hasMessageContaining("--test-port");
        }
    }

    @Test
    void refusesAHostThatIsNotLoopback() throws Exception {
        try (LoopbackServer server = start(0)) {
            assertThat(statusFor(server, "evil.test")).isEqualTo("421");
            assertThat(statusFor(server, "localhost:" + server.port())).isEqualTo("200");
        }
    }

    @Test
    void refusesWhatIsNoHttpAsAGatewayDoes() throws Exception {
        try (LoopbackServer server = start(0)) {
            assertThat(send(server, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Odd: a\u007fb\r\n\r\n"))
                    .startsWith("HTTP/1.1 400").endsWith("{\"message\":\"Bad Request\"}");
        }
    }

    @Test
    void keepsToItselfWhyAnAnswererFailed() throws Exception {
        try (LoopbackServer server = LoopbackServer.start("a test", "--test-port", 0, exchange -> {
            throw new IllegalStateException("a secret");
        })) {
            assertThat(send(server, "PATCH / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 500").endsWith("{\"message\":\"Server Error\"}").doesNotContain("secret");
        }
    }

    private static LoopbackServer start(int port) throws IOException {
        return LoopbackServer.start("a test", "--test-port", port, exchange -> exchange.answer(200, "text/plain", "hello"));
    }

    /** Sends a request after which the server closes the connection, and returns all that it answered. */
    private static String send(LoopbackServer server, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String statusFor(LoopbackServer server, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).substring(9);
        }
    }
}
