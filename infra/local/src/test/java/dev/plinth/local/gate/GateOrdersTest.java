package dev.plinth.local.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.console.Console;
import dev.plinth.local.console.EnginesView;
import dev.plinth.local.door.Faults;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.net.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The orders by which the console stops and starts an engine, over its HTTP interface. */
class GateOrdersTest {
    private Gate gate;
    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        // Greets, and counts the client, until it goes.
        gate = Gate.open("thing", "Shop/Thing", (client, port) -> {
            client.write("hello".getBytes(StandardCharsets.UTF_8));
            client.signedIn("ada");
            client.in().read();
        });
        Console console = new Console(List::of, List::of, List.of(), new Journal(), new Faults());
        EnginesView.addTo(console, () -> List.of(gate));
        server = LoopbackServer.start("a test", "(no flag)", 0, console::answer);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        gate.close();
    }

    @Test
    void stopsAndStartsAnEngine() throws Exception {
        try (Socket before = connect()) {
            assertThat(greeting(before)).isEqualTo("hello");

            assertThat(order("stop", "thing").statusCode()).isEqualTo(200);

            assertThat(isCut(before)).isTrue();
            assertThat(state().path("state").asText()).isEqualTo("stopped");
            try (Socket during = connect()) {
                assertThat(isCut(during)).isTrue();
            }
        }
        assertThat(new ObjectMapper().readTree(order("start", "thing").body()).at("/0/state").asText())
                .isEqualTo("running");
        try (Socket after = connect()) {
            assertThat(greeting(after)).isEqualTo("hello");
        }
    }

    @Test
    void tellsWhoIsConnected() throws Exception {
        try (Socket one = connect(); Socket other = connect()) {
            greeting(one);
            greeting(other);
            JsonNode user = state().at("/connections/0");
            assertThat(user.path("user").asText()).isEqualTo("ada");
            assertThat(user.path("current").asInt()).isBetween(1, 2);
            assertThat(state().at("/path").asText()).isEqualTo("Shop/Thing");
            assertThat(state().at("/order/call").asText()).isEqualTo("engines/stop");
        }
    }

    @Test
    void knowsNoOtherEngine() throws Exception {
        HttpResponse<String> answer = order("stop", "other");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("No engine \\\"other\\\". There are [thing].");
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(gate.host(), gate.port());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static String greeting(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(5), StandardCharsets.UTF_8);
    }

    private static boolean isCut(Socket socket) throws IOException {
        try {
            InputStream in = socket.getInputStream();
            return in.read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }

    private JsonNode state() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(server.url() + Console.PATH + "state.json")).build(),
                HttpResponse.BodyHandlers.ofString());
        return new ObjectMapper().readTree(answer.body()).at("/engines/0");
    }

    private HttpResponse<String> order(String what, String engine) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(server.url() + Console.PATH
                + "engines/" + what))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"engine\": \"" + engine + "\"}")).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
