package dev.plinth.todos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Bad input gets a problem that points to its place, and writes nothing. */
class TodosBadInputTest {

    private static final UUID USER = UUID.randomUUID();
    private static final String LIST = "/users/" + USER + "/todos";

    private static TodosFunction function;
    private static String path;
    private static List<Map<String, AttributeValue>> items;

    @BeforeAll
    static void start() {
        function = new TodosFunction();
        for (int i = 0; i < 3; i++) {
            path = function.create(USER, "{\"title\": \"A\", \"dueAt\": \"2026-03-01T12:00:00Z\"}").header("location");
        }
        items = function.table().items();
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    @AfterEach
    void hasWrittenNothing() {
        assertThat(function.table().items()).containsExactlyInAnyOrderElementsOf(items);
    }

    static Stream<Arguments> badFields() {
        return Stream.of(
                arguments("title", "7", "must be a string, not a number"),
                arguments("title", "null", "is required"),
                arguments("title", "\"\"", "1 to 200"),
                arguments("title", "\" \\u00a0\\u200b\"", "blank"),
                arguments("title", "\"a\\nb\"", "control characters"),
                arguments("title", "\"a\\u0000\"", "control characters"),
                arguments("title", "\"\\ud800\"", "surrogate"),
                arguments("title", "\"" + "x".repeat(201) + "\"", "1 to 200"),
                arguments("note", "true", "must be a string, not a boolean"),
                arguments("note", "\"\"", "1 to 2000"),
                arguments("note", "\"\\u0007\"", "control characters"),
                arguments("note", "\"" + "x".repeat(2001) + "\"", "1 to 2000"),
                arguments("dueAt", "1773000000", "must be a string, not a number"),
                arguments("dueAt", "\"tomorrow\"", "UTC time"),
                arguments("dueAt", "\"2026-02-30T12:00:00Z\"", "UTC time"),
                arguments("dueAt", "\"2026-03-01\"", "UTC time"),
                arguments("dueAt", "\"1969-12-31T23:59:59Z\"", "1970 to 9999"),
                arguments("dueAt", "\"+10000-01-01T00:00:00Z\"", "1970 to 9999"),
                arguments("dueAt", "\"-1000000000-01-01T00:00:00Z\"", "1970 to 9999"),
                arguments("priority", "\"URGENT\"", "must be one of LOW, NORMAL, HIGH"),
                arguments("priority", "\"high\"", "must be one of"),
                arguments("priority", "1", "must be a string"),
                arguments("owner", "\"me\"", "is not a known field"),
                arguments("userId", "\"" + UUID.randomUUID() + "\"", "is not a known field"),
                arguments("revision", "\"x\"", "is not a known field"));
    }

    @ParameterizedTest
    @MethodSource("badFields")
    void refusesABadFieldOfANewTodo(String field, String json, String detail) {
        assertBody(send(ApiCall.of("POST", LIST).json(body(field, json))), field, detail);
    }

    @ParameterizedTest
    @MethodSource("badFields")
    void refusesABadFieldOfAReplacement(String field, String json, String detail) {
        assertBody(send(ApiCall.of("PUT", path).json(body(field, json).replaceFirst("\\{",
                "{\"status\": \"OPEN\", "))), field, detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"open\"", "\"REMOVED\"", "7", "[]"})
    void refusesABadStatus(String status) {
        Answer answer = send(ApiCall.of("PUT", path).json("{\"title\": \"A\", \"status\": " + status + "}"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("pointer").getStringValue()).isEqualTo("/status");
    }

    @Test
    void refusesAReplacementWithoutAStatusAndANewTodoWithOne() {
        assertBody(send(ApiCall.of("PUT", path).json("{\"title\": \"A\"}")), "status", "is required");
        assertBody(send(ApiCall.of("POST", LIST).json("{\"title\": \"A\", \"status\": \"DONE\"}")), "status",
                "is not a known field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"A\"", "{\"title\": \"A\"} x",
            "{\"title\": \"A\", \"title\": \"B\"}"})
    void refusesABodyThatIsNoObject(String body) {
        Answer answer = send(ApiCall.of("POST", LIST).json(body));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("type").getStringValue()).isEqualTo("urn:plinth:problem:malformed-body");
        assertThat(send(ApiCall.of("PUT", path).json(body)).status()).isEqualTo(400);
    }

    @Test
    void refusesABodyThatIsTooLargeOrNotJson() {
        String large = "{\"title\": \"" + "x".repeat(70_000) + "\"}";
        assertThat(send(ApiCall.of("POST", LIST).json(large)).status()).isEqualTo(413);
        assertThat(send(ApiCall.of("PUT", path).json(large)).status()).isEqualTo(413);
        assertThat(send(ApiCall.of("POST", LIST).header("content-type", "text/plain").body("{}")).status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1-1-1-1-1", "7d9f4a385f0e4c3c9a550a1f6f0d2b11", "%27%20OR%201=1", "TODO%23x"})
    void refusesIdsThatAreNone(String id) {
        for (String target : List.of("/todos/" + id, "/users/" + id + "/todos")) {
            Answer answer = send(ApiCall.of("GET", target));
            assertThat(answer.status()).as(target).isEqualTo(400);
            assertThat(answer.json().get("errors").get(0).get("parameter").getStringValue()).isEqualTo("id");
        }
    }

    static Stream<Arguments> badQueries() {
        return Stream.of(
                arguments("limit=0", "limit"), arguments("limit=101", "limit"), arguments("limit=ten", "limit"),
                arguments("limit=", "limit"), arguments("limit=1&limit=2", "limit"),
                arguments("status=open", "status"), arguments("status=", "status"),
                arguments("status=OPEN&status=DONE", "status"),
                arguments("due=tomorrow", "due"), arguments("due=2026-02-30T00:00:00Z", "due"),
                arguments("due=%2B10000-01-01T00:00:00Z", "due"), arguments("due=2026-01-01T00:00:00%2B01:00", "due"),
                arguments("due=", "due"), arguments("due=2026-03-02T00:00:00Z&status=OPEN", "due"),
                arguments("user=x", "user"), arguments("cursor=", "cursor"), arguments("cursor=x", "cursor"),
                arguments("cursor=%00", "cursor"));
    }

    @ParameterizedTest
    @MethodSource("badQueries")
    void refusesABadQuery(String query, String parameter) {
        Answer answer = send(ApiCall.of("GET", LIST + "?" + query));
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("parameter").getStringValue()).isEqualTo(parameter);
    }

    @Test
    void refusesACursorThatWasDamagedAnywhere() {
        String cursor = cursor(LIST + "?limit=1");
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        List<String> damaged = new ArrayList<>(List.of(cursor + "A", cursor.substring(1), cursor + "="));
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            damaged.add(Base64.getUrlEncoder().withoutPadding().encodeToString(changed));
        }
        for (String other : damaged) {
            assertThat(send(ApiCall.of("GET", LIST + "?limit=1&cursor=" + other)).status()).as(other).isEqualTo(400);
        }
        assertThat(send(ApiCall.of("GET", LIST + "?limit=1&cursor=" + cursor)).status()).isEqualTo(200);
    }

    @Test
    void refusesTheCursorOfAnotherList() {
        UUID other = UUID.randomUUID();
        String cursor = cursor(LIST + "?limit=1");
        Map<String, String> lists = Map.of(
                "", cursor,
                "status=OPEN&", cursor(LIST + "?limit=1&status=OPEN"),
                "due=2026-03-02T00:00:00Z&", cursor(LIST + "?limit=1&due=2026-03-02T00:00:00Z"),
                "due=2026-03-03T00:00:00Z&", cursor(LIST + "?limit=1&due=2026-03-03T00:00:00Z"));
        lists.forEach((query, own) -> lists.forEach((another, foreign) ->
                assertThat(send(ApiCall.of("GET", LIST + "?" + query + "cursor=" + foreign)).status())
                        .as(query + " with the cursor of " + another)
                        .isEqualTo(query.equals(another) ? 200 : 400)));
        assertThat(function.send(other, ApiCall.of("GET", "/users/" + other + "/todos?cursor=" + cursor)).status())
                .as("another user's").isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"x", "W/x", "\"a\" \"b\"", ","})
    void refusesConditionsThatAreNone(String tag) {
        assertThat(send(ApiCall.of("PUT", path).header("if-match", tag)
                .json("{\"title\": \"B\", \"status\": \"OPEN\"}")).status()).isEqualTo(400);
        assertThat(send(ApiCall.of("DELETE", path).header("if-match", tag)).status()).isEqualTo(400);
        assertThat(send(ApiCall.of("GET", path).header("if-none-match", tag)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "caf\u00e9"})
    void refusesKeysThatAreNone(String key) {
        Answer answer = send(ApiCall.of("POST", LIST).header("idempotency-key", key).json("{\"title\": \"A\"}"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("header").getStringValue()).isEqualTo("Idempotency-Key");
    }

    private static String cursor(String list) {
        JsonNode page = send(ApiCall.of("GET", list)).json();
        return page.get("nextCursor").getStringValue();
    }

    private static String body(String field, String json) {
        String title = field.equals("title") ? "" : "\"title\": \"A\", ";
        return "{" + title + "\"" + field + "\": " + json + "}";
    }

    private static void assertBody(Answer answer, String field, String detail) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        JsonNode error = answer.json().get("errors").get(0);
        assertThat(error.get("pointer").getStringValue()).isEqualTo("/" + field);
        assertThat(answer.text()).contains(detail);
    }

    private static Answer send(ApiCall call) {
        return function.send(USER, call);
    }
}
