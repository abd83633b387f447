package dev.plinth.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Service;
import dev.plinth.failure.Kind;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.problem.ProblemType;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {
    /** Parts of what the framework, the parser or a stack trace would say. */
    private static final List<String> LEAKS = List.of("_embedded", "_links", "io.micronaut", "dev.plinth.", "java.",
            "jackson", "Exception", "Unexpected", "Unrecognized", "secret", "password", "Page Not Found", "Required",
            "convert", "argument", "codec", "decod", "\\tat ");

    private static final int MAX_BODY_BYTES = Service.ORDERS.maxBodyBytes();
    private static HttpFunction function;

    @BeforeAll
    static void start() {
        function = EchoFunction.start();
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    @ParameterizedTest
    @CsvSource({
            "MALFORMED_BODY, 400, malformed-body",
            "INVALID_REQUEST, 400, invalid-request",
            "UNAUTHENTICATED, 401, unauthenticated",
            "TOKEN_ENDED, 401, token-ended",
            "FORBIDDEN, 403, forbidden",
            "NOT_FOUND, 404, not-found",
            "CONFLICT, 409, conflict",
            "STALE, 412, stale",
            "KEY_REUSED, 422, key-reused"})
    void answersAFailureByItsKind(Kind kind, int status, String type) {
        Answer answer = get("/echo/failures/" + kind);

        assertProblem(answer, status, type);
        assertThat(answer.json().get("detail").getStringValue()).isEqualTo("It is so.");
        assertThat(answer.json().get("requestId")).isNull();
        assertThat(errors(answer)).containsExactly(
                Map.of("pointer", "/a", "detail", "one"),
                Map.of("parameter", "b", "detail", "two"),
                Map.of("header", "C", "detail", "three"),
                Map.of("parameter", "d", "detail", "four"));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void answersEveryKindOfFailureWithAProblem(Kind kind) {
        Answer answer = get("/echo/failures/" + kind);

        assertProblem(answer, answer.status(), answer.json().get("type").getStringValue().split(":")[3]);
        assertThat(answer.status()).isBetween(400, 503).isNotEqualTo(500);
    }

    @Test
    void tellsWhenToComeBackInWholeSecondsRoundedUp() {
        Answer answer = get("/echo/failures/UNAVAILABLE");

        assertProblem(answer, 503, "unavailable");
        assertThat(answer.header("retry-after")).isEqualTo("2");
        assertThat(answer.json().get("requestId").getStringValue()).isEqualTo(answer.requestId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo/crash", "/echo/error", "/echo/unwritable", "/echo/unserialisable"})
    void tellsNothingOfAnErrorThatNobodyForesaw(String path) {
        Answer answer = get(path);

        assertProblem(answer, 500, "internal");
        assertThat(answer.json().get("detail").getStringValue())
                .isEqualTo("The service failed. Quote the requestId when you report it.");
        assertThat(answer.json().get("requestId").getStringValue()).isEqualTo(answer.requestId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/", "//echo/crash", "/echo/things/a/b", "/echo/../crash"})
    void answersAnUnknownPath(String path) {
        assertProblem(get(path), 404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "OPTIONS", "PURGE"})
    void answersAMethodThatThePathDoesNotTake(String method) {
        Answer answer = ApiCall.of(method, "/echo/things/x").send(function);

        assertProblem(answer, 405, "method-not-allowed");
        assertThat(answer.header("allow")).isEqualTo("DELETE, GET, HEAD");
    }

    @Test
    void answersAMediaTypeThatThePathDoesNotGive() {
        assertProblem(ApiCall.of("GET", "/echo/things/x").header("accept", "image/png").send(function),
                406, "not-acceptable");
    }

    @Test
    void answersAMediaTypeThatThePathDoesNotTake() {
        assertProblem(ApiCall.of("POST", "/echo/notes").header("content-type", "text/plain").body("x").send(function),
                415, "unsupported-media-type");
    }

    @Test
    void refusesALargeBodyAndNoneThatIsJustSmallEnough() {
        byte[] limit = new byte[MAX_BODY_BYTES];
        byte[] above = new byte[MAX_BODY_BYTES + 1];

        assertThat(ApiCall.of("POST", "/echo/bytes").body(limit).send(function).bytes()).isEqualTo(limit);
        Answer refused = ApiCall.of("POST", "/echo/bytes").body(above).send(function);
        assertProblem(refused, 413, "too-large");
        assertThat(refused.json().get("detail").getStringValue())
                .contains(MAX_BODY_BYTES / 1024 + " KiB");
    }

    @Test
    void countsTheBytesOfABodyAndNotItsCharacters() {
        String body = "\u20ac".repeat(MAX_BODY_BYTES / 2);

        assertProblem(ApiCall.of("POST", "/echo/bytes").body(body).send(function), 413, "too-large");
    }

    @ParameterizedTest
    @CsvSource({
            "/echo/notes, '{\"text\": '",
            "/echo/notes, '{\"text\": x}'",
            "/echo/notes, '[]'",
            "/echo/notes, ''",
            "/echo/serde, '{\"text\": '",
            "/echo/serde, '{\"text\": {}}'",
            "/echo/serde, ''"})
    void answersABodyThatIsNotJson(String path, String body) {
        assertProblem(ApiCall.of("POST", path).json(body).send(function), 400, "malformed-body");
    }

    @Test
    void answersABodyThatIsNotBase64() {
        assertProblem(ApiCall.of("POST", "/echo/bytes").body("?").base64().send(function), 400, "malformed-body");
    }

    @Test
    void pointsToTheFieldOfABody() {
        Answer answer = ApiCall.of("POST", "/echo/notes").json("{\"text\": 7}").send(function);

        assertProblem(answer, 400, "invalid-request");
        assertThat(answer.json().get("detail").getStringValue())
                .isEqualTo("The field /text must be a string, not a number.");
        assertThat(errors(answer)).containsExactly(
                Map.of("pointer", "/text", "detail", "must be a string, not a number"));
    }

    @ParameterizedTest
    @CsvSource({
            "/echo/number?limit=x, parameter, limit, must be a number in range",
            "/echo/number?limit=99999999999, parameter, limit, must be a number in range",
            "/echo/number, parameter, limit, is required",
            "/echo/paths/x, parameter, id, must be a number in range",
            "/echo/header, header, If-Match, is required"})
    void pointsToTheParameterOrHeader(String path, String place, String name, String detail) {
        Answer answer = get(path);

        assertProblem(answer, 400, "invalid-request");
        assertThat(errors(answer)).containsExactly(Map.of(place, name, "detail", detail));
    }

    @Test
    void givesEveryTypeAUriOfItsOwn() {
        assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::uri)).doesNotHaveDuplicates()
                .allMatch(uri -> uri.matches("urn:plinth:problem:[a-z-]+"));
    }

    private static Answer get(String path) {
        return ApiCall.of("GET", path).send(function);
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.get("type").getStringValue()).isEqualTo("urn:plinth:problem:" + type);
        assertThat(problem.get("status").getIntValue()).isEqualTo(status);
        assertThat(problem.get("title").getStringValue()).isNotBlank();
        assertThat(problem.get("detail").getStringValue()).isNotBlank();
        assertThat(problem.get("instance").getStringValue()).isEqualTo("urn:plinth:request:" + answer.requestId());
        assertThat(LEAKS).noneMatch(answer.text()::contains);
    }

    private static List<Map<String, String>> errors(Answer answer) {
        List<Map<String, String>> errors = new ArrayList<>();
        for (JsonNode error : answer.json().get("errors").values()) {
            Map<String, String> members = new LinkedHashMap<>();
            error.entries().forEach(member -> members.put(member.getKey(), member.getValue().getStringValue()));
            errors.add(members);
        }
        return errors;
    }
}
