package dev.plinth.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.door.Faults;
import dev.plinth.local.door.Faults.Fault;
import dev.plinth.local.door.Faults.Moment;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.lambda.Functions;
import dev.plinth.local.lambda.Lambda;
import dev.plinth.local.mail.Mail;
import dev.plinth.local.mail.Outbox;
import dev.plinth.local.net.LoopbackServer;
import dev.plinth.local.secrets.Rotation;
import dev.plinth.local.secrets.Rotations;
import dev.plinth.local.secrets.Secrets;
import dev.plinth.local.template.DeployedStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {
    private static final String JSON_TYPE = "application/json";
    private static final DeployedStack STACK = new DeployedStack("Shop", "arn", Optional.empty(),
            List.of(new DeployedStack.Output("ApiUrl", "http://127.0.0.1:1", Optional.empty(), Optional.empty())),
            List.of(new DeployedStack.Resource("Table", "AWS::DynamoDB::Table", "Shop-Table", "Shop/Table/Resource")));

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Faults faults = new Faults();
    private final Journal journal = new Journal();
    private final Outbox outbox = new Outbox();
    private final Secrets secrets = Secrets.inMemory("arn:", Clock.systemUTC());
    private final Rotations rotations = new Rotations(secrets, (function, secret, event) -> { }, Clock.systemUTC(), line -> { });
    private Lambda lambda;
    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        lambda = Functions.host(directory, 1, (function, line) -> { });
        lambda.add(Functions.obedient(directory, "thing"));
        Console console = new Console(() -> List.of(STACK), lambda::functions,
                List.of(new Omission("AWS::CloudWatch::Alarm", "Shop/Alarm", "no metrics")), journal, faults);
        MailView.addTo(console, outbox);
        SecretsView.addTo(console, secrets, rotations);
        server = LoopbackServer.start("a test", "(no flag)", 0, console::answer);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        rotations.close();
        lambda.close();
    }

    @Test
    void servesThePageWithAPolicyThatLoadsNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = send("GET", "", null, "");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'", "connect-src 'self'");
        assertThat(page.body()).contains("fetch(\"state.json\")").doesNotContain("innerHTML").doesNotContain("http://");
    }

    @Test
    void showsWhatIsDeployedAndWhatHappened() throws Exception {
        journal.add(new Journal.HttpRequest(Instant.EPOCH, "GET", "/<b>", 500, 1.5, Optional.of("no table")));
        faults.order(new Fault("dynamodb:*", Optional.of("orders"), Moment.AFTER, 5, Optional.empty(), 400, 0, 2));
        lambda.functions().iterator().next().invoke("echo x".getBytes(StandardCharsets.UTF_8));

        JsonNode state = new ObjectMapper().readTree(send("GET", "state.json", null, "").body());

        assertThat(state.at("/stacks/0/outputs/ApiUrl").asText()).isEqualTo("http://127.0.0.1:1");
        assertThat(state.at("/stacks/0/resources/0")).hasToString(
                "{\"type\":\"AWS::DynamoDB::Table\",\"path\":\"Shop/Table/Resource\",\"id\":\"Shop-Table\"}");
        assertThat(state.at("/functions/0/name").asText()).isEqualTo("thing");
        assertThat(state.at("/functions/0/invocations").asInt()).isEqualTo(1);
        assertThat(state.at("/functions/0/starts").asInt()).isEqualTo(1);
        assertThat(state.at("/functions/0/processes/0/idle").asBoolean()).isTrue();
        assertThat(state.at("/functions/0/classArchive").asBoolean(true)).isFalse();
        assertThat(state.at("/requests/0/path").asText()).isEqualTo("/<b>");
        assertThat(state.at("/requests/0/problem").asText()).isEqualTo("no table");
        assertThat(state.at("/faults/0/operation").asText()).isEqualTo("dynamodb:*");
        assertThat(state.at("/faults/0/left").asInt()).isEqualTo(2);
        assertThat(state.at("/withoutEffect/0/what").asText()).isEqualTo("AWS::CloudWatch::Alarm");
        assertThat(state.fieldNames()).toIterable().contains("calls", "denials", "permissionsUsed");
    }

    @Test
    void ordersAndClearsFaults() throws Exception {
        assertThat(order("{\"operation\":\"dynamodb:PutItem\",\"error\":\"ThrottlingException\"}").statusCode()).isEqualTo(201);
        assertThat(order("{\"operation\":\"dynamodb:*\",\"moment\":\"after\",\"delayMillis\":7,\"error\":\"X\",\"status\":500,"
                + "\"caller\":\"worker\",\"skip\":2,\"times\":3}").statusCode()).isEqualTo(201);

        assertThat(faults.view()).map(Faults.View::fault).containsExactly(
                new Fault("dynamodb:PutItem", Optional.empty(), Moment.BEFORE, 0, Optional.of("ThrottlingException"), 400, 0, 1),
                new Fault("dynamodb:*", Optional.of("worker"), Moment.AFTER, 7, Optional.of("X"), 500, 2, 3));
        assertThat(send("DELETE", "faults", JSON_TYPE, "").statusCode()).isEqualTo(204);
        assertThat(faults.view()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{ | not JSON",
        "[] | operation must read like",
        "{\"operation\":\"PutItem\",\"error\":\"X\"} | operation must read like",
        "{\"operation\":\"dynamodb:*\"} | needs an error, a delayMillis",
        "{\"operation\":\"dynamodb:*\",\"error\":\"X\",\"time\":1} | unknown field [time]",
        "{\"operation\":\"dynamodb:*\",\"error\":\"X\",\"skip\":-1} | skip must be at least 0",
        "{\"operation\":\"dynamodb:*\",\"error\":\"X\",\"times\":0} | times must be at least 1",
        "{\"operation\":\"dynamodb:*\",\"error\":\"X\",\"times\":\"2\"} | times must be an integer",
        "{\"operation\":\"dynamodb:*\",\"error\":\"X\",\"status\":200} | status must be from 400 to 599",
        "{\"operation\":\"dynamodb:*\",\"error\":\"X\",\"status\":429.5} | status must be an integer",
        "{\"operation\":\"dynamodb:*\",\"delayMillis\":60001} | delayMillis must be from 0",
        "{\"operation\":\"dynamodb:*\",\"error\":5} | error must be a string",
        "{\"operation\":\"dynamodb:*\",\"error\":\"X\",\"moment\":\"SOON\"} | moment must be BEFORE or AFTER, not SOON"})
    void refusesWhatIsNoFault(String order, String said) throws Exception {
        HttpResponse<String> answer = order(order);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new ObjectMapper().readTree(answer.body()).path("message").asText()).contains(said).doesNotContain("dev.plinth");
        assertThat(faults.view()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"POST, faults, text/plain", "POST, faults,", "POST, functions/thing/kill, application/x-www-form-urlencoded",
        "DELETE, faults, text/plain"})
    void changesNothingForAPageOfAnotherOrigin(String method, String path, String contentType) throws Exception {
        faults.order(new Fault("dynamodb:*", Optional.empty(), Moment.BEFORE, 1, Optional.empty(), 400, 0, 1));

        HttpResponse<String> answer = send(method, path, contentType, "{\"operation\":\"s3:*\",\"error\":\"X\"}");

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(faults.view()).hasSize(1);
    }

    @Test
    void killsTheProcessesOfAFunctionAndKnowsNoOther() throws Exception {
        lambda.functions().iterator().next().invoke("echo x".getBytes(StandardCharsets.UTF_8));

        assertThat(send("POST", "functions/thing/kill", JSON_TYPE, "").body()).contains("\"killed\" : 1");
        assertThat(lambda.functions().iterator().next().view().processes()).isEmpty();
        HttpResponse<String> unknown = send("POST", "functions/other/kill", JSON_TYPE, "");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("No function other", "thing");
        assertThat(send("POST", "functions//kill", JSON_TYPE, "").statusCode()).isEqualTo(404);
        assertThat(send("GET", "other", null, "").statusCode()).isEqualTo(404);
        assertThat(order(" ".repeat(64 * 1024 + 1)).statusCode()).isEqualTo(413);
    }

    @Test
    void showsMailAndGivesWhatOnePersonGot() throws Exception {
        for (String to : List.of("ada@example.com", "bob@example.com")) {
            outbox.add(new Mail("id-" + to, Instant.EPOCH, "no-reply@plinth.example", List.of(to), List.of(), List.of(),
                    "<b>Hello</b>", Optional.of("Your code is 123456"), Optional.empty()));
        }

        JsonNode all = new ObjectMapper().readTree(send("GET", "state.json", null, "").body()).path("mail");
        JsonNode adas = new ObjectMapper().readTree(send("GET", "mail?to=ADA%40example.com", null, "").body());

        assertThat(all).map(mail -> mail.at("/to/0").asText()).containsExactly("bob@example.com", "ada@example.com");
        assertThat(adas).singleElement().satisfies(mail -> {
            assertThat(mail.path("text").asText()).isEqualTo("Your code is 123456");
            assertThat(mail.path("subject").asText()).isEqualTo("<b>Hello</b>");
        });
        assertThat(new ObjectMapper().readTree(send("GET", "mail", null, "").body())).hasSize(2);
    }

    @Test
    void rotatesASecretOnOrderAndShowsNoValue() throws Exception {
        secrets.create("key", "hidden");
        secrets.schedule("key", new Rotation("arn:function", Duration.ofDays(1)));

        String state = send("GET", "state.json", null, "").body();
        HttpResponse<String> failed = send("POST", "secrets/rotate", JSON_TYPE, "{\"secret\": \"key\"}");
        HttpResponse<String> unknown = send("POST", "secrets/rotate", JSON_TYPE, "{\"secret\": \"other\"}");

        JsonNode secret = new ObjectMapper().readTree(state).at("/secrets/0");
        assertThat(secret.path("name").asText()).isEqualTo("key");
        assertThat(secret.path("versions").asText()).endsWith(" AWSCURRENT");
        assertThat(secret.at("/order/body/secret").asText()).isEqualTo("key");
        assertThat(state).doesNotContain("hidden");
        // The function of this test does nothing, so there is no new version.
        assertThat(failed.statusCode()).isEqualTo(400);
        assertThat(failed.body()).contains("did not succeed");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("can't find the specified secret");
        assertThat(send("POST", "secrets/rotate", "text/plain", "{}").statusCode()).isEqualTo(415);
        assertThat(send("POST", "secrets/rotate", JSON_TYPE, "{").statusCode()).isEqualTo(400);
        assertThat(send("POST", "secrets/rotate", JSON_TYPE, " ".repeat(64 * 1024 + 1)).statusCode()).isEqualTo(413);
    }

    private HttpResponse<String> order(String fault) throws IOException, InterruptedException {
        return send("POST", "faults", JSON_TYPE, fault);
    }

    private HttpResponse<String> send(String method, String path, String contentType, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + Console.PATH + path))
                .method(method, BodyPublishers.ofString(body));
        Optional.ofNullable(contentType).ifPresent(type -> request.header("Content-Type", type));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
