package dev.plinth.local.httpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.lambda.FunctionDefinition;
import dev.plinth.local.lambda.FunctionPool;
import dev.plinth.local.lambda.Functions;
import dev.plinth.local.lambda.Lambda;
import dev.plinth.local.lambda.ObedientHandler;
import dev.plinth.local.net.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of an API with a closed route; the token is what the authorizer, a process of its own, is to do. */
@Timeout(30)
class AuthorizerTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String ROUTE_ARN = "arn:aws:execute-api:eu-west-1:000000000000:api1/$default";

    @TempDir
    private static Path directory;

    private static Lambda lambda;
    private static FunctionPool function;

    private final Journal journal = new Journal();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final HttpApi api = new HttpApi("000000000000", "api1", lambda, journal, log::add);

    AuthorizerTest() {
        api.permit((arn, routeKey) -> true);
        api.route("GET /things/{name}", function.function().arn());
        api.route("GET /others", function.function().arn());
        api.route("GET /open", function.function().arn());
        close(true, Duration.ofSeconds(10), "$request.header.Authorization");
    }

    @BeforeAll
    static void start() throws IOException {
        lambda = Functions.host(directory, 1, (name, line) -> { });
        FunctionDefinition definition =
                Functions.function(directory, "gatekeeper", ObedientHandler.Gatekeeper.class, Duration.ofSeconds(2));
        lambda.add(definition);
        function = lambda.find(definition.arn()).orElseThrow();
    }

    @AfterAll
    static void stop() throws IOException {
        lambda.close();
    }

    @Test
    void asksInTheFormOfPayloadTwo() throws Exception {
        JsonNode event = context(get("/things/a%20b?q=1&q=2", "admit", "Cookie", "k=v")).path("event");

        assertThat(event.path("version").asText()).isEqualTo("2.0");
        assertThat(event.path("type").asText()).isEqualTo("REQUEST");
        assertThat(event.path("routeArn").asText()).isEqualTo(ROUTE_ARN + "/GET/things/a b");
        assertThat(event.path("identitySource")).map(JsonNode::asText).containsExactly("admit");
        assertThat(event.path("routeKey").asText()).isEqualTo("GET /things/{name}");
        assertThat(event.path("rawPath").asText()).isEqualTo("/things/a b");
        assertThat(event.path("rawQueryString").asText()).isEqualTo("q=1&q=2");
        assertThat(event.path("queryStringParameters").path("q").asText()).isEqualTo("1,2");
        assertThat(event.path("cookies")).map(JsonNode::asText).containsExactly("k=v");
        assertThat(event.path("headers").path("authorization").asText()).isEqualTo("admit");
        assertThat(event.path("pathParameters").path("name").asText()).isEqualTo("a b");
        assertThat(event.path("requestContext").path("http").path("method").asText()).isEqualTo("GET");
        assertThat(event.path("requestContext").path("apiId").asText()).isEqualTo("api1");
        assertThat(event.has("body")).isFalse();
        assertThat(event.has("isBase64Encoded")).isFalse();
    }

    @Test
    void givesTheContextToTheFunctionBehindTheRouteAndToTheAccessLog() throws Exception {
        api.logAccess("$context.authorizer.user $context.authorizer.level");

        JsonNode context = context(get("/things/1",
                answer("{\"isAuthorized\":true,\"context\":{\"user\":\"ada\",\"level\":7,\"tags\":[\"a\"]}}")));

        assertThat(context.path("user").textValue()).isEqualTo("ada");
        assertThat(context.path("level").intValue()).isEqualTo(7);
        assertThat(context.path("tags").isArray()).isTrue();
        assertThat(log).containsExactly("access ada 7");
        assertThat(context(get("/things/1", answer("{\"isAuthorized\":true}"))).isNull()).isTrue();
    }

    @Test
    void tellsTheFunctionOfAnOpenRouteNothing() throws Exception {
        assertThat(event(get("/open", "throw x")).path("requestContext").has("authorizer")).isFalse();
        assertThat(journal.authorizations()).isEmpty();
    }

    @Test
    void refusesARequestWithoutIdentityWithoutAsking() throws Exception {
        long invocations = function.view().invocations();

        for (String token : new String[] {null, ""}) {
            HttpResponse<String> answer = get("/things/1", token);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
        }

        assertThat(function.view().invocations()).isEqualTo(invocations);
    }

    @Test
    void refusesWhomTheAuthorizerRefuses() throws Exception {
        HttpResponse<String> answer = get("/things/1", answer("{\"isAuthorized\":false,\"context\":{\"a\":1}}"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Forbidden\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{}", "true", "{\"isAuthorized\":\"true\"}", "{\"isAuthorized\":null}",
        "{\"isAuthorized\":true,\"context\":[]}", "{\"isAuthorized\":true,\"context\":\"x\"}"})
    void answersAnInternalErrorToAResultOfAnotherFormat(String result) throws Exception {
        assertFailed(get("/things/1", answer(result)), "answered with");
    }

    @Test
    void answersAnInternalErrorToAnAuthorizerThatFails() throws Exception {
        assertFailed(get("/things/1", "throw out"), "The authorizer gatekeeper failed: The handler failed");
        assertFailed(get("/things/1", "await " + directory.resolve("never")), "No answer after 2 s");
        assertFailed(get("/things/1", "exit 3"), "status 3");
        assertFailed(get("/things/1", "many 9000"), "more than 8192");
    }

    @Test
    void answersAnInternalErrorWithoutAPermissionOfTheAuthorizer() throws Exception {
        close(false, Duration.ZERO, "$request.header.Authorization");

        assertFailed(get("/things/1", "admit"), "No AWS::Lambda::Permission lets API Gateway invoke the authorizer gatekeeper");
    }

    @ParameterizedTest
    @CsvSource({"true, 200", "false, 403"})
    void keepsAResultForItsTimeToLiveAndForEveryRoute(boolean admitted, int status) throws Exception {
        String token = answer("{\"isAuthorized\":" + admitted + "}");
        long before = function.view().starts();

        get("/things/1", token);
        assertThat(get("/things/2", token).statusCode()).isEqualTo(status);
        assertThat(get("/others", token).statusCode()).isEqualTo(status);
        nanoTime.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        assertThat(get("/others", token).statusCode()).isEqualTo(status);
        nanoTime.addAndGet(1);
        get("/others", token);

        String result = admitted ? "admitted" : "refused";
        String cached = result + ", from the cache";
        assertThat(journal.authorizations()).extracting(Journal.Authorization::result)
                .containsExactly(result, cached, cached, cached, result);
        assertThat(function.view().starts()).isLessThanOrEqualTo((int) before + 1);
    }

    @Test
    void keepsNoFailureAndNothingOfAnotherToken() throws Exception {
        get("/things/1", "throw a");
        get("/things/1", "throw a");
        get("/things/1", answer("{\"isAuthorized\":true}"));
        get("/things/1", answer("{\"isAuthorized\":true }"));

        assertThat(journal.authorizations()).extracting(Journal.Authorization::result).noneMatch(result -> result.contains("cache"));
    }

    @Test
    void keepsNothingWhenTheTimeToLiveIsZero() throws Exception {
        close(true, Duration.ZERO, "$request.header.Authorization");

        get("/things/1", answer("{\"isAuthorized\":true}"));
        get("/things/1", answer("{\"isAuthorized\":true}"));

        assertThat(journal.authorizations()).extracting(Journal.Authorization::result).containsExactly("admitted", "admitted");
    }

    @Test
    void readsIdentityFromQueryAndRouteAsWell() throws Exception {
        close(true, Duration.ofSeconds(10), "$request.querystring.key", "$context.routeKey");

        assertThat(get("/others", null).statusCode()).isEqualTo(401);
        JsonNode identity = context(get("/others?key=admit", null)).path("event").path("identitySource");

        assertThat(identity).map(JsonNode::asText).containsExactly("admit", "GET /others");
        get("/things/1?key=admit", null);
        assertThat(journal.authorizations().get(0).result()).isEqualTo("admitted");
    }

    @Test
    void refusesSourcesThatItDoesNotRead() {
        for (String source : List.of("$stageVariables.a", "Authorization", "$request.header.", "$context.stage")) {
            assertThatThrownBy(() -> close(true, Duration.ZERO, source)).hasMessageContaining(source);
        }
    }

    @Test
    void answersPreflightRequestsWithoutAToken() throws Exception {
        api.allowOrigins(new Cors(List.of("https://a.example"), List.of("GET"), List.of(), List.of(), false, Optional.empty()));

        HttpResponse<String> answer = send(HttpRequest.newBuilder().method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://a.example").header("Access-Control-Request-Method", "GET"), "/things/1");

        assertThat(answer.statusCode()).isEqualTo(204);
        HttpResponse<String> refused = get("/things/1", null, "Origin", "https://a.example");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("access-control-allow-origin")).hasValue("https://a.example");
    }

    private void close(boolean mayInvoke, Duration timeToLive, String... sources) {
        Authorizer authorizer = new Authorizer(function, ROUTE_ARN, () -> mayInvoke, List.of(sources), timeToLive, nanoTime::get);
        api.close("GET /things/{name}", authorizer);
        api.close("GET /others", authorizer);
    }

    private static String answer(String result) {
        return "answer " + Base64.getEncoder().encodeToString(result.getBytes(StandardCharsets.UTF_8));
    }

    private void assertFailed(HttpResponse<String> answer, String logged) {
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
        assertThat(log.get(log.size() - 1)).contains(logged);
        assertThat(journal.requests().get(0).problem()).isPresent();
    }

    /** Returns what the function behind the route was told by the authorizer. */
    private static JsonNode context(HttpResponse<String> answer) throws IOException {
        return event(answer).path("requestContext").path("authorizer").path("lambda");
    }

    private static JsonNode event(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpResponse<String> get(String path, String token, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        if (token != null) {
            request.header("Authorization", token);
        }
        return send(headers.length == 0 ? request : request.headers(headers), path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        try (LoopbackServer server = LoopbackServer.start("a test", "(no flag)", 0, api::answer)) {
            return CLIENT.send(request.uri(URI.create(server.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
