package dev.plinth.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.paging.Cursor;
import dev.plinth.functions.paging.ListPosition;
import io.micronaut.json.tree.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Bad input gets a problem of its own that points to its place, and writes nothing. */
class OrdersBadInputTest {

    private static OrdersFunction function;
    private static Answer order;
    private static List<Map<String, AttributeValue>> items;

    @BeforeAll
    static void start() {
        function = new OrdersFunction();
        order = call("POST", "/orders").json(OrderBody.valid().json()).send(function.function());
        items = function.items();
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    @BeforeEach
    void holdsOneOrder() {
        assertThat(function.items()).isEqualTo(items).hasSize(1);
    }

    static Stream<Arguments> badFields() {
        String tooLong = "\"" + "x".repeat(201) + "\"";
        return Stream.of(
                arguments("customerName", "7", "must be a string, not a number"),
                arguments("customerName", "null", "is required"),
                arguments("customerName", "\"\"", "blank"),
                arguments("customerName", "\" \\u00a0\\u3000\\u200b \"", "blank"),
                arguments("customerName", "\"Ada\\u0000\"", "control characters"),
                arguments("customerName", "\"Ada\\nLovelace\"", "control characters"),
                arguments("customerName", "\"\\ud800\"", "surrogate"),
                arguments("customerName", tooLong, "200"),
                arguments("customerEmail", "false", "must be a string, not a boolean"),
                arguments("customerEmail", "\"ada\"", "e-mail"),
                arguments("customerEmail", "\"ada@\"", "e-mail"),
                arguments("customerEmail", "\"@example.org\"", "e-mail"),
                arguments("customerEmail", "\"ada@localhost\"", "e-mail"),
                arguments("customerEmail", "\"ada@@example.org\"", "e-mail"),
                arguments("customerEmail", "\"ada@example..org\"", "e-mail"),
                arguments("customerEmail", "\"ada@-example.org\"", "e-mail"),
                arguments("customerEmail", "\".ada@example.org\"", "e-mail"),
                arguments("customerEmail", "\"ada@192.0.2.1\"", "e-mail"),
                arguments("customerEmail", "\"ada lovelace@example.org\"", "e-mail"),
                arguments("customerEmail", "\"ada@example.org\\n\"", "e-mail"),
                arguments("customerEmail", "\"" + "a".repeat(65) + "@example.org\"", "e-mail"),
                arguments("customerEmail", "\"a@" + "b.".repeat(126) + "org\"", "254"),
                arguments("productName", "[\"Kettle\"]", "must be a string, not an array"),
                arguments("productName", "\"\\t\"", "blank"),
                arguments("productName", tooLong, "200"),
                arguments("quantity", "\"3\"", "must be a number, not a string"),
                arguments("quantity", "0", "at least 1"),
                arguments("quantity", "-1", "at least 1"),
                arguments("quantity", "10001", "at most 10000"),
                arguments("quantity", "99999999999999999999", "at most 10000"),
                arguments("quantity", "4294967297", "at most 10000"),
                arguments("quantity", "1.5", "whole number"),
                arguments("quantity", "1.0", "whole number"),
                arguments("quantity", "1e3", "whole number"),
                arguments("quantity", "true", "must be a number, not a boolean"),
                arguments("quantity", "null", "is required"),
                arguments("unitPrice", "12.5", "must be an object, not a number"),
                arguments("unitPrice", "\"12.50 EUR\"", "must be an object, not a string"),
                arguments("unitPrice", "null", "is required"),
                arguments("shippingAddress", "{}", "must be a string, not an object"),
                arguments("shippingAddress", "\"\"", "blank"),
                arguments("shippingAddress", "\"Leeds\\u0007\"", "control characters"),
                arguments("shippingAddress", "\"" + "x".repeat(501) + "\"", "500"));
    }

    @ParameterizedTest
    @MethodSource("badFields")
    void refusesABadField(String field, String value, String detail) {
        Answer answer = post(OrderBody.valid().with(field, value).json());
        assertInvalid(answer, "pointer", "/" + field, detail);
    }

    @ParameterizedTest
    @MethodSource("badFields")
    void refusesAPatchThatMakesAFieldBad(String field, String value, String detail) {
        assertInvalid(patch("{\"" + field + "\": " + value + "}"), "pointer", "/" + field, detail);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            12.5                | must be a string
            "1e3"               | decimal number
            "1E3"               | decimal number
            "-1"                | decimal number
            "+1"                | decimal number
            "NaN"               | decimal number
            "Infinity"          | decimal number
            "１２"              | decimal number
            "0x10"              | decimal number
            " 12"               | decimal number
            "12 "               | decimal number
            "12\\n"             | decimal number
            "12."               | decimal number
            ".5"                | decimal number
            "012"               | decimal number
            "1,000"             | decimal number
            ""                  | decimal number
            "12.505"            | decimal number
            "0"                 | at least 0.01
            "0.00"              | at least 0.01
            "1000000.01"        | at most 1000000
            "1000001"           | at most 1000000
            "99999999999999999999999" | decimal number
            null                | is required
            """, delimiter = '|')
    void refusesABadAmount(String amount, String detail) {
        String price = "{\"amount\": " + amount + ", \"currency\": \"EUR\"}";
        assertInvalid(post(OrderBody.valid().with("unitPrice", price).json()), "pointer", "/unitPrice/amount", detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"EUX\"", "\"eur\"", "\"\"", "\"EURO\"", "\"XAU\"", "\"XXX\"", "\"ＥＵＲ\"", "978", "null"})
    void refusesABadCurrency(String currency) {
        String price = "{\"amount\": \"12.50\", \"currency\": " + currency + "}";
        assertInvalid(post(OrderBody.valid().with("unitPrice", price).json()), "pointer", "/unitPrice/currency", "");
    }

    @Test
    void refusesAnAmountThatIsFinerThanItsCurrency() {
        String yen = "{\"amount\": \"12.5\", \"currency\": \"JPY\"}";
        assertInvalid(post(OrderBody.valid().with("unitPrice", yen).json()),
                "pointer", "/unitPrice/amount", "at most 0 decimals in JPY");
        assertInvalid(patch("{\"unitPrice\": {\"currency\": \"JPY\"}}"),
                "pointer", "/unitPrice/amount", "at most 0 decimals in JPY");
    }

    @Test
    void refusesAnOrderWithoutAnyField() {
        Answer answer = post("{}");
        assertProblem(answer, 400, "invalid-request");
        assertThat(errors(answer)).extracting(error -> error.get("pointer").getStringValue()).containsExactly(
                "/customerName", "/customerEmail", "/productName", "/quantity", "/unitPrice");
    }

    @Test
    void reportsEveryBrokenRuleAtOnce() {
        Answer answer = post(OrderBody.valid()
                .with("customerEmail", "\"ada\"")
                .with("quantity", "0")
                .with("unitPrice", "{\"amount\": \"12.505\", \"currency\": \"EUX\"}")
                .with("colour", "\"red\"")
                .json());
        assertProblem(answer, 400, "invalid-request");
        assertThat(errors(answer)).extracting(error -> error.get("pointer").getStringValue())
                .containsExactlyInAnyOrder("/customerEmail", "/quantity", "/unitPrice/amount", "/unitPrice/currency",
                        "/colour");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "colour", "customername", "revision", "pk"})
    void refusesAFieldThatItDoesNotKnow(String field) {
        assertInvalid(post(OrderBody.valid().with(field, "\"PENDING\"").json()), "pointer", "/" + field, "known");
    }

    @Test
    void refusesAFieldThatAPriceDoesNotHave() {
        String price = "{\"amount\": \"1\", \"currency\": \"EUR\", \"tax/rate\": 1}";
        assertInvalid(post(OrderBody.valid().with("unitPrice", price).json()),
                "pointer", "/unitPrice/tax~1rate", "known");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"LOST\"", "\"pending\"", "\"\"", "1", "null"})
    void refusesAStatusThatItDoesNotKnow(String status) {
        assertInvalid(patch("{\"status\": " + status + "}"), "pointer", "/status", "");
    }

    @Test
    void namesTheStatusesThatItKnows() {
        assertInvalid(patch("{\"status\": \"LOST\"}"), "pointer", "/status",
                "PENDING, CONFIRMED, SHIPPED, DELIVERED, CANCELLED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"customerName\": }", "{} {}", "[]", "\"x\"", "null", "{'a': 1}", "{\"a\": 01}",
        "{\"quantity\": 1, \"quantity\": 2}", "not json"})
    void refusesABodyThatIsNoJsonObject(String body) {
        assertProblem(post(body), 400, "malformed-body");
        assertProblem(patch(body), 400, "malformed-body");
    }

    @Test
    void refusesABodyThatIsNotUtf8() {
        byte[] body = OrderBody.valid().with("customerName", "\"Jürgen\"").json().getBytes(StandardCharsets.ISO_8859_1);
        assertProblem(send(call("POST", "/orders").header("content-type", "application/json").body(body)),
                400, "malformed-body");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        String body = OrderBody.valid().with("shippingAddress", "\"" + "x".repeat(64 * 1024) + "\"").json();
        assertProblem(post(body), 413, "too-large");
        assertProblem(patch(body), 413, "too-large");
    }

    @Test
    void refusesABodyOfAnotherType() {
        ApiCall call = call("POST", "/orders").header("content-type", "application/xml").body("<order/>");
        assertProblem(send(call), 415, "unsupported-media-type");
    }

    @Test
    void refusesToAnswerInAnotherType() {
        String path = order.header("location");
        for (ApiCall call : List.of(
                call("POST", "/orders").json(OrderBody.valid().json()),
                call("PATCH", path).json("{\"quantity\": 9}"),
                call("DELETE", path),
                call("GET", path),
                call("GET", "/orders"),
                call("GET", "/orders/health/check"))) {
            assertProblem(send(call.header("accept", "text/html")), 406, "not-acceptable");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            limit=0,             limit
            limit=101,           limit
            limit=-1,            limit
            limit=ten,           limit
            limit=,              limit
            limit=%2B5,          limit
            limit=05,            limit
            limit=1e1,           limit
            limit=1&limit=2,     limit
            status=LOST,         status
            status=pending,      status
            status=,             status
            status=PENDING&status=SHIPPED, status
            customerEmail=ada,   customerEmail
            customerEmail=,      customerEmail
            customerEmail=a%40b.org&customerEmail=c%40d.org, customerEmail
            page=2,              page
            Limit=2,             Limit
            cursor=,             cursor
            cursor=abc,          cursor
            cursor=%00,          cursor
            """)
    void refusesABadQuery(String query, String parameter) {
        assertInvalid(send(call("GET", "/orders?" + query)), "parameter", parameter, "");
    }

    @Test
    void refusesACursorThatItDidNotMakeForThisList() {
        ListPosition position = new ListPosition(OrderExamples.NOON, UUID.randomUUID());
        String cursor = Cursor.write(position, OrderFilter.ALL.list());
        assertThat(send(call("GET", "/orders?cursor=" + cursor)).status()).isEqualTo(200);
        char first = cursor.charAt(20);
        String forged = cursor.substring(0, 20) + (first == 'A' ? 'B' : 'A') + cursor.substring(21);
        for (String bad : List.of(forged, cursor.substring(1), cursor + "AAAA", cursor + "=", forged + "&limit=1")) {
            assertInvalid(send(call("GET", "/orders?cursor=" + bad)), "parameter", "cursor", "");
        }
        assertInvalid(send(call("GET", "/orders?status=PENDING&cursor=" + cursor)), "parameter", "cursor", "");
        assertInvalid(send(call("GET", "/orders?customerEmail=a%40b.org&cursor=" + cursor)),
                "parameter", "cursor", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "1-1-1-1-1", "ORDER%23x", "00000000-0000-0000-0000-00000000000g", "health"})
    void refusesAnIdThatIsNoUuid(String id) {
        for (String method : List.of("GET", "PATCH", "DELETE")) {
            ApiCall call = call(method, "/orders/" + id).json("{}");
            assertInvalid(send(call), "parameter", "id", "UUID");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\"x", "x\"", "W/", "w/\"x\"", "\"a\" \"b\"", "\"a\", *", "*, *", "\"a b\"", ","})
    void refusesAConditionThatItCannotRead(String tags) {
        String path = order.header("location");
        assertInvalid(send(call("PATCH", path).json("{}").header("if-match", tags)), "header", "If-Match", "");
        assertInvalid(send(call("DELETE", path).header("if-match", tags)), "header", "If-Match", "");
        assertInvalid(send(call("GET", path).header("if-none-match", tags)), "header", "If-None-Match", "");
    }

    @Test
    void refusesAStaleCondition() {
        String path = order.header("location");
        for (String tags : List.of("\"other\"", "W/" + order.header("etag"))) {
            assertProblem(send(call("PATCH", path).json("{\"quantity\": 9}").header("if-match", tags)),
                    412, "stale");
            assertProblem(send(call("DELETE", path).header("if-match", tags)), 412, "stale");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ü", "a\tb"})
    void refusesAnIdempotencyKeyThatItCannotUse(String key) {
        assertInvalid(send(call("POST", "/orders").json(OrderBody.valid().json()).header("idempotency-key", key)),
                "header", "Idempotency-Key", "visible ASCII");
    }

    @Test
    void refusesAnIdempotencyKeyThatIsTooLong() {
        ApiCall call = call("POST", "/orders").json(OrderBody.valid().json());
        assertInvalid(send(call.header("idempotency-key", "k".repeat(256))), "header", "Idempotency-Key", "255");
    }

    private static Answer post(String body) {
        return send(call("POST", "/orders").json(body));
    }

    private static Answer patch(String body) {
        return send(call("PATCH", order.header("location"))
                .header("content-type", "application/merge-patch+json")
                .body(body));
    }

    private static Answer send(ApiCall call) {
        Answer answer = function.send(call);
        assertThat(function.items()).as("the table").isEqualTo(items);
        return answer;
    }

    private static void assertInvalid(Answer answer, String member, String place, String detail) {
        assertProblem(answer, 400, "invalid-request");
        assertThat(errors(answer)).as(answer.text()).anySatisfy(error -> {
            assertThat(error.get(member)).isNotNull();
            assertThat(error.get(member).getStringValue()).isEqualTo(place);
            assertThat(error.get("detail").getStringValue()).contains(detail);
        });
        assertThat(errors(answer)).as(answer.text()).allSatisfy(error ->
                assertThat(error.get(member).getStringValue()).isEqualTo(place));
    }

    private static void assertProblem(Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("type").getStringValue()).isEqualTo("urn:plinth:problem:" + type);
    }

    private static List<JsonNode> errors(Answer answer) {
        return StreamSupport.stream(answer.json().get("errors").values().spliterator(), false).toList();
    }

    private static ApiCall call(String method, String path) {
        return ApiCall.of(method, path).asStaff();
    }
}
