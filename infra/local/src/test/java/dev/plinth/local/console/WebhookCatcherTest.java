package dev.plinth.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.door.Faults;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.net.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookCatcherTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        Console console = new Console(List::of, List::of, List.of(), new Journal(), new Faults());
        new WebhookCatcher(Clock.systemUTC()).addTo(console);
        server = LoopbackServer.start("a test", "(no flag)", 0, console::answer);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void keepsWhatArrivesWithItsHeadersNewestFirst() throws Exception {
        assertThat(post("webhooks/ada", "{\"id\": 1}").statusCode()).isEqualTo(200);
        assertThat(post("webhooks/ada?status=503", "<script>alert(1)</script>").statusCode()).isEqualTo(503);
        post("webhooks/bob", "other");

        JsonNode arrived = get("webhooks.json?name=ada");

        assertThat(arrived).hasSize(2);
        assertThat(arrived.get(0).path("body").asText()).isEqualTo("<script>alert(1)</script>");
        assertThat(arrived.get(0).path("status").asInt()).isEqualTo(503);
        assertThat(arrived.get(1).path("headers").path("webhook-id").asText()).isEqualTo("17");
        assertThat(arrived.get(1).path("headers").path("content-type").asText()).isEqualTo("text/plain");
        assertThat(get("webhooks.json")).hasSize(3);
        assertThat(get("webhooks.json?name=nobody")).isEmpty();
    }

    @Test
    void showsTheBeginningOfALongBodyOnThePage() throws Exception {
        post("webhooks/ada", "x".repeat(200_000));

        assertThat(get("state.json").path("webhooks").get(0).path("body").asText()).hasSize(1002).endsWith("…");
        assertThat(get("webhooks.json").get(0).path("body").asText()).hasSize(200_000);
    }

    @Test
    void keepsABoundedNumberOfBoundedRequests() throws Exception {
        for (int i = 0; i < 205; i++) {
            post("webhooks/ada", "x");
        }

        assertThat(post("webhooks/ada", "x".repeat(256 * 1024 + 1)).statusCode()).isEqualTo(413);
        assertThat(get("webhooks.json")).hasSize(200);
        assertThat(get("webhooks.json").get(0).path("id").asLong()).isEqualTo(205);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhooks/", "webhooks/a/b", "webhooks/%3Cb%3E", "webhooks/a?status=99", "webhooks/a?x=1"})
    void refusesWhatIsNoCallOfTheCatcher(String call) throws Exception {
        assertThat(post(call, "x").statusCode()).isEqualTo(400);
        assertThat(get("webhooks.json")).isEmpty();
    }

    private HttpResponse<String> post(String call, String body) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(server.url() + Console.PATH + call))
                .header("Content-Type", "text/plain").header("Webhook-Id", "17").POST(BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String call) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(client.send(HttpRequest.newBuilder(
                URI.create(server.url() + Console.PATH + call)).build(), HttpResponse.BodyHandlers.ofString()).body());
    }
}
