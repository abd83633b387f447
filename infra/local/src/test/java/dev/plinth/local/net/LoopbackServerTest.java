package dev.plinth.local.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
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
    void refusesSuchAHostForAnyHandler() throws Exception {
        try (LoopbackServer server = LoopbackServer.start("a test", "(no flag)", 0, new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                callback.succeeded();
                return true;
            }
        })) {
            assertThat(statusFor(server, "evil.test")).isEqualTo("421");
            assertThat(statusFor(server, "127.0.0.1:" + server.port())).isEqualTo("200");
        }
    }

    @Test
    void cannotBeReachedFromOutsideTheMachine() throws Exception {
        try (LoopbackServer server = start(0)) {
            List<InetAddress> others = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.equals(InetAddress.getLoopbackAddress())).toList();

            assertThat(others).noneMatch(address -> isServed(address, server.port()));
            assertThat(isServed(InetAddress.getLoopbackAddress(), server.port())).isTrue();
        }
    }

    @Test
    void passesAPathOnAsItWasSent() throws Exception {
        try (LoopbackServer server = LoopbackServer.start("a test", "--test-port", 0,
                exchange -> exchange.answer(200, "text/plain", exchange.rawPath()))) {
            assertThat(answer(server, "GET //a%2Fb/%C3%A9;x=1/.. HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200").endsWith("\r\n\r\n//a%2Fb/%C3%A9;x=1/..");
        }
    }

    @Test
    void refusesWhatIsNoHttpWithoutAPage() throws Exception {
        try (LoopbackServer server = start(0)) {
            assertThat(answer(server, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Odd: a\u007fb\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 400").endsWith("{\"message\":\"Bad Request\"}");
        }
    }

    @Test
    void keepsToItselfWhyAnAnswererFailed() throws Exception {
        try (LoopbackServer server = LoopbackServer.start("a test", "--test-port", 0, exchange -> {
            throw new IllegalStateException("a secret");
        })) {
            assertThat(answer(server, "PATCH / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 500").endsWith("{\"message\":\"Server Error\"}").doesNotContain("secret");
        }
    }

    private static String answer(LoopbackServer server, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static boolean isServed(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static LoopbackServer start(int port) throws IOException {
        return LoopbackServer.start("a test", "--test-port", port, exchange -> exchange.answer(200, "text/plain", "hello"));
    }

    private static String statusFor(LoopbackServer server, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).substring(9);
        }
    }
}
