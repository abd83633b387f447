package dev.plinth.local.httpapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.local.journal.Journal;
import dev.plinth.local.lambda.FunctionDefinition;
import dev.plinth.local.lambda.Functions;
import dev.plinth.local.lambda.Lambda;
import dev.plinth.local.lambda.ObedientHandler;
import dev.plinth.local.net.LoopbackServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests over a socket, answered by a function in a process of its own. A request's body is what the function is to
 * return.
 */
@Timeout(30)
class HttpApiTest {
    private static final String ORIGIN = "https://shop.example";

    @TempDir
    private static Path directory;

    private static Lambda lambda;
    private static String function;
    private static String broken;

    private final Journal journal = new Journal();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final HttpApi api = new HttpApi("000000000000", "api1", lambda, journal, log::add);

    HttpApiTest() {
        api.permit((arn, routeKey) -> true);
        api.route("POST /things", function);
        api.route("HEAD /things", function);
        api.route("POST /things/{name}/parts", function);
        api.route("POST /broken", broken);
    }

    @BeforeAll
    static void start() throws IOException {
        lambda = Functions.host(directory, 1, (name, line) -> { });
        function = add(Functions.obedient(directory, "thing"));
        broken = add(Functions.function(directory, "broken", ObedientHandler.Broken.class, Duration.ofSeconds(5)));
    }

    @AfterAll
    static void stop() throws IOException {
        lambda.close();
    }

    @Test
    void answersWithWhatTheFunctionReturns() throws Exception {
        Answer answer = post("/things", "{\"statusCode\":201,\"headers\":{\"Content-Type\":\"text/x\",\"X-Count\":7,\"X-Flag\":true,"
                + "\"Transfer-Encoding\":\"chunked\",\"Content-Length\":\"1\"},\"cookies\":[\"a=1\",\"b=2\"],\"body\":\"thé\"}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.head()).contains("content-type: text/x", "x-count: 7", "x-flag: true", "set-cookie: a=1",
                "set-cookie: b=2", "content-length: 4").anyMatch(line -> line.startsWith("apigw-requestid: "));
        assertThat(answer.head()).noneMatch(line -> line.contains("chunked"));
        assertThat(answer.body()).isEqualTo("thé");
        assertThat(journal.requests()).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/things");
            assertThat(request.status()).isEqualTo(201);
            assertThat(request.problem()).isEmpty();
        });
    }

    @Test
    void tellsTheFunctionThePathAsItWasSent() throws Exception {
        assertThat(post("/things/a%2Fb%25/parts", "{\"statusCode\":200}").status()).isEqualTo(200);
        assertThat(post("/things/a%20b%c3%a9/parts?" + "q=1&".repeat(5000), "{\"statusCode\":200}").status()).isEqualTo(200);
        assertThat(post("//things", "{}").status()).isEqualTo(404);
        assertThat(post("/things//parts", "{}").status()).isEqualTo(404);
        assertThat(post("/things/", "{}").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void sendsNoBodyWithAStatusThatHasNone(int status) throws Exception {
        Answer answer = post("/things", "{\"statusCode\":" + status + ",\"headers\":{\"ETag\":\"1\"},\"body\":\"hidden\"}");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.head()).contains("etag: 1");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void answersHeadWithoutTheBody() throws Exception {
        Answer answer = send("HEAD /things HTTP/1.1", "{\"statusCode\":200,\"body\":\"four\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head()).contains("content-length: 4");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void answersUnknownRoutesAsTheGatewayDoes() throws Exception {
        Answer answer = post("/nothing", "{}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Not Found\"}");
        assertThat(answer.head()).contains("content-type: application/json");
        assertThat(send("PUT /things HTTP/1.1", "{}").status()).isEqualTo(404);
    }

    @Test
    void refusesABodyOfMoreThanTenMebibytes() throws Exception {
        try (LoopbackServer server = server(); Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(("POST /things HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: "
                    + (10 * 1024 * 1024 + 1) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

            Answer answer = Answer.read(socket);

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("{\"message\":\"Request Entity Too Large\"}");
        }
    }

    @Test
    void answersThatAThrottledFunctionIsUnavailable() throws Exception {
        FunctionDefinition thing = Functions.obedient(directory, "throttled");
        api.route("POST /throttled", add(new FunctionDefinition(thing.name(), thing.arn(), thing.constructPath(), thing.code(),
                thing.handler(), thing.memory(), thing.timeout(), thing.environment(), thing.roleName(), false, Optional.of(0))));

        Answer answer = post("/throttled", "{}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Service Unavailable\"}");
    }

    @Test
    void throttlesBeyondTheBurst() throws Exception {
        api.throttle(0.001, 1);

        assertThat(post("/things", "{\"statusCode\":200}").status()).isEqualTo(200);
        Answer second = post("/things", "{\"statusCode\":200}");
        assertThat(second.status()).isEqualTo(429);
        assertThat(second.body()).isEqualTo("{\"message\":\"Too Many Requests\"}");
        assertThat(log).isEmpty();
    }

    @Test
    void hidesWhyAFunctionFailedFromTheCallerAndTellsThePersonAtTheLaptop() throws Exception {
        Answer answer = post("/broken", "{}");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
        assertThat(log).singleElement().asString().contains("no table name");
        assertThat(journal.requests().get(0).problem().orElseThrow()).contains("no table name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{\"statusCode\":\"200\"}", "{\"statusCode\":99}", "{\"statusCode\":199}",
        "{\"statusCode\":600}", "{\"statusCode\":1000}", "{\"statusCode\":200.5}", "{\"statusCode\":null}",
        "{\"statusCode\":200,\"body\":{}}", "{\"statusCode\":200,\"body\":\"%\",\"isBase64Encoded\":true}",
        "{\"statusCode\":200,\"headers\":[]}", "{\"statusCode\":200,\"headers\":{\"x\":[\"a\"]}}",
        "{\"statusCode\":200,\"headers\":{\"x\":null}}", "{\"statusCode\":200,\"headers\":{\"x y\":\"a\"}}",
        "{\"statusCode\":200,\"headers\":{\"x\":\"a\\r\\nset-cookie: b=1\"}}",
        "{\"statusCode\":200,\"headers\":{\"x\":\"\\u007f\"}}", "{\"statusCode\":200,\"cookies\":\"a=1\"}",
        "{\"statusCode\":200,\"cookies\":[1]}", "{\"statusCode\":200,\"cookies\":[\"a\\nb\"]}"})
    void answersAResultThatHttpCannotSayAsAnInternalError(String result) throws Exception {
        Answer answer = post("/things", result);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
        assertThat(answer.head()).noneMatch(line -> line.startsWith("set-cookie"));
        assertThat(log).singleElement().asString().startsWith("The function's ");
    }

    @Test
    void takesCorsHeadersFromTheTemplateAndNotFromTheFunction() throws Exception {
        api.allowOrigins(new Cors(List.of(ORIGIN), List.of("POST"), List.of("If-Match"), List.of("ETag"), false, Optional.of(60)));
        String result = "{\"statusCode\":200,\"headers\":{\"Access-Control-Allow-Origin\":\"*\"}}";

        assertThat(post("/things", result, "Origin: " + ORIGIN).head()).contains("access-control-allow-origin: " + ORIGIN,
                "access-control-expose-headers: etag").doesNotContain("access-control-allow-origin: *");
        assertThat(post("/nothing", result, "Origin: " + ORIGIN).head()).contains("access-control-allow-origin: " + ORIGIN);
        assertThat(post("/things", result, "Origin: https://evil.test").head()).noneMatch(HttpApiTest::isCors);
        assertThat(post("/things", result).head()).noneMatch(HttpApiTest::isCors);
    }

    @Test
    void passesTheFunctionsCorsHeadersOnWhereTheTemplateHasNone() throws Exception {
        assertThat(post("/things", "{\"statusCode\":200,\"headers\":{\"Access-Control-Allow-Origin\":\"*\"}}", "Origin: " + ORIGIN)
                .head()).contains("access-control-allow-origin: *");
    }

    @Test
    void answersPreflightRequestsItself() throws Exception {
        api.allowOrigins(new Cors(List.of(ORIGIN), List.of("POST"), List.of("If-Match"), List.of(), false, Optional.of(60)));

        Answer answer = send("OPTIONS /things HTTP/1.1", "", "Origin: " + ORIGIN, "Access-Control-Request-Method: POST");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.head()).contains("access-control-allow-methods: post", "access-control-max-age: 60");
        assertThat(send("OPTIONS /things HTTP/1.1", "", "Origin: " + ORIGIN).status()).isEqualTo(404);
    }

    @Test
    void writesTheAccessLogInTheTemplatesFormat() throws Exception {
        api.logAccess("{\"r\":\"$context.routeKey\",\"s\":$context.status,\"a\":\"$context.identity.userAgent\","
                + "\"n\":\"$context.authorizer.claims\",\"l\":$context.responseLength}");

        post("/things", "{\"statusCode\":200,\"body\":\"four\"}", "User-Agent: a\"b\\c$1");
        post("/nothing", "{}");

        assertThat(log).containsExactly(
                "access {\"r\":\"POST /things\",\"s\":200,\"a\":\"a\\\"b\\\\c$1\",\"n\":\"-\",\"l\":4}",
                "access {\"r\":\"-\",\"s\":404,\"a\":\"-\",\"n\":\"-\",\"l\":23}");
    }

    @Test
    void refusesWithoutAPermissionOfTheFunction() throws Exception {
        api.permit((arn, routeKey) -> !(arn.equals(function) && routeKey.equals("POST /things")));

        assertThat(post("/things", "{\"statusCode\":200}").status()).isEqualTo(500);
        assertThat(log).singleElement().asString().contains("No AWS::Lambda::Permission", function, "POST /things");
        assertThat(post("/things/a/parts", "{\"statusCode\":200}").status()).isEqualTo(200);
    }

    private static String add(FunctionDefinition definition) {
        lambda.add(definition);
        return definition.arn();
    }

    private static boolean isCors(String header) {
        return header.startsWith("access-control-");
    }

    private Answer post(String target, String result, String... headers) throws IOException {
        return send("POST " + target + " HTTP/1.1", result, headers);
    }

    private Answer send(String requestLine, String result, String... headers) throws IOException {
        try (LoopbackServer server = server(); Socket socket = new Socket("127.0.0.1", server.port())) {
            byte[] body = result.getBytes(StandardCharsets.UTF_8);
            StringBuilder head = new StringBuilder(requestLine).append("\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/octet-stream\r\nContent-Length: ").append(body.length).append("\r\n");
            List.of(headers).forEach(header -> head.append(header).append("\r\n"));
            socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            return Answer.read(socket);
        }
    }

    private LoopbackServer server() throws IOException {
        return LoopbackServer.start("a test", "(no flag)", 0, api::answer);
    }

    /** An answer as it was on the wire, its header lines in lower case. */
    private record Answer(int status, List<String> head, String body) {
        static Answer read(Socket socket) throws IOException {
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String[] parts = all.split("\r\n\r\n", 2);
            List<String> lines = List.of(parts[0].split("\r\n"));
            return new Answer(Integer.parseInt(lines.get(0).split(" ")[1]),
                    lines.stream().skip(1).map(line -> line.toLowerCase(Locale.ROOT)).toList(), parts[1]);
        }
    }
}
