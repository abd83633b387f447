package dev.plinth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.contract.Trigger;
import dev.plinth.functions.ApiCall.Answer;
import io.micronaut.json.tree.JsonNode;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real events of payload format 2.0, through the handler, against a controller that tells what reached it. */
class HttpFunctionTest {
    private static HttpFunction function;

    @BeforeAll
    static void start() {
        function = EchoFunction.start();
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    @Test
    void hasTheNameThatTheStacksDeploy() throws Exception {
        assertThat(HttpFunction.class.getName()).isEqualTo(Trigger.HTTP.handler());
        assertThat(Modifier.isPublic(HttpFunction.class.getConstructor().getModifiers())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
            "a b, a b",
            "a%20b, a b",
            "caf\u00e9, caf\u00e9",
            "caf%C3%A9, caf\u00e9",
            "a%2Fb, a/b",
            "100%, 100%",
            "50%25, 50%",
            "{x}, {x}",
            "a+b, a+b",
            "a%2Bb, a+b",
            "a&b;c=d, a&b;c=d",
            "'a,b', 'a,b'",
            "\ud83d\ude00, \ud83d\ude00",
            "\"q\", \"q\"",
            "a^b|c, a^b|c"})
    void passesThePathAsItWasSent(String sent, String seen) {
        assertThat(echo("/echo/things/" + sent).get("name").getStringValue()).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource({
            "a=1, a, '1'",
            "a=1&a=2, a, '1|2'",
            "'a=1,2', a, '1,2'",
            "'a=1,2&a=3', a, '1,2|3'",
            "a=x+y, a, x y",
            "a=x%2By, a, x+y",
            "a=x%20y, a, x y",
            "a=x%26y%3Dz, a, x&y=z",
            "a=x=y, a, x=y",
            "a=%C3%A9, a, \u00e9",
            "%C3%A9=1, \u00e9, '1'",
            "a=\u00e9, a, \u00e9",
            "a={x}, a, {x}",
            "a=%25, a, %",
            "a=a/b?c, a, a/b?c"})
    void passesTheQueryAsItWasSent(String query, String name, String values) {
        assertThat(query(query, name)).containsExactly(values.split("\\|"));
    }

    @Test
    void keepsQueryParametersWithoutAValue() {
        assertThat(query("a=&b", "a")).containsExactly("");
        assertThat(query("a=&b", "b")).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%2", "a=%zz", "a=%ff", "a=%C3"})
    void refusesAQueryThatCannotBeDecoded(String query) {
        Answer answer = ApiCall.of("GET", "/echo/things/x?" + query).send(function);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("parameter").getStringValue()).isEqualTo("a");
    }

    @Test
    void passesEveryCookie() {
        JsonNode cookies = ApiCall.of("GET", "/echo/things/x")
                .cookie("session=abc%20d==").cookie("theme=dark").cookie("empty=").send(function).json().get("cookies");

        assertThat(cookies.get("session").getStringValue()).isEqualTo("abc%20d==");
        assertThat(cookies.get("theme").getStringValue()).isEqualTo("dark");
        assertThat(cookies.get("empty").getStringValue()).isEmpty();
    }

    @Test
    void passesHeadersThatWereRepeated() {
        JsonNode headers = ApiCall.of("GET", "/echo/things/x").header("x-tag", "a, b").header("x-date", "Mon, 1 Jan")
                .send(function).json().get("headers");

        assertThat(headers.get("x-tag").get(0).getStringValue()).isEqualTo("a, b");
        assertThat(headers.get("x-date").get(0).getStringValue()).isEqualTo("Mon, 1 Jan");
    }

    @ParameterizedTest
    @ValueSource(chars = {0, 1, '\n', '\r', 0x1f, 0x7f})
    void refusesAHeaderWithAControlCharacterAndNamesIt(char control) {
        Answer answer = ApiCall.of("GET", "/echo/things/x").header("X-Odd", "a" + control + "b").send(function);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("type").getStringValue()).isEqualTo("urn:plinth:problem:invalid-request");
        assertThat(answer.json().get("errors").get(0).get("header").getStringValue()).isEqualTo("x-odd");
    }

    @Test
    void refusesACookieWithAControlCharacter() {
        Answer answer = ApiCall.of("GET", "/echo/things/x").cookie("a=\u007f").send(function);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("header").getStringValue()).isEqualTo("cookie");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "\u0080", "caf\u00e9", "\u20ac", "\ud83d\ude00"})
    void passesEveryOtherCharacterOfAHeader(String value) {
        JsonNode headers = ApiCall.of("GET", "/echo/things/x").header("x-odd", value).send(function).json().get("headers");

        assertThat(headers.get("x-odd").get(0).getStringValue()).isEqualTo(value);
    }

    @Test
    void leavesItToTheHttpApiWhichOriginsMayCall() {
        Answer answer = ApiCall.of("GET", "/echo/things/x").header("host", "127.0.0.1:8080")
                .header("origin", "http://other.example").send(function);

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void answersWithEveryCookieAndWithRepeatedHeaders() {
        Answer answer = ApiCall.of("GET", "/echo/cookies").send(function);

        assertThat(answer.cookies()).containsExactlyInAnyOrder("session=a=b, c; Path=/; HttpOnly", "theme=dark");
        assertThat(answer.header("set-cookie")).isNull();
        assertThat(answer.header("link")).isEqualTo("</a>; rel=\"next\", </b>; rel=\"prev\"");
    }

    @Test
    void keepsAnEmptyListInAnAnswerAndNoAbsentMember() {
        assertThat(ApiCall.of("GET", "/echo/cookies").send(function).text()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void passesBinaryBodiesBothWays() {
        byte[] every = new byte[256];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }

        assertThat(ApiCall.of("POST", "/echo/bytes").body(every).send(function).bytes()).isEqualTo(every);
        Answer picture = ApiCall.of("GET", "/echo/picture").send(function);
        assertThat(picture.bytes()).isEqualTo(every);
        assertThat(picture.header("content-type")).isEqualTo("image/webp");
    }

    @Test
    void passesTextAsUtf8WhateverTheContentTypeClaims() {
        Answer answer = ApiCall.of("POST", "/echo/bytes").header("content-type", "text/plain; charset=iso-8859-1")
                .body("\u20ac").send(function);

        assertThat(answer.bytes()).isEqualTo("\u20ac".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesABodyWithoutAContentType() {
        assertThat(ApiCall.of("POST", "/echo/notes").body("{\"text\": \"hello\"}").send(function).text())
                .isEqualTo("{\"text\":\"hello\"}");
    }

    @Test
    void answersWithoutABody() {
        Answer answer = ApiCall.of("DELETE", "/echo/things/x").send(function);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.bytes()).isEmpty();
        assertThat(answer.header("content-type")).isNull();
    }

    @Test
    void answersHeadAsGetWithoutTheBody() {
        Answer known = ApiCall.of("HEAD", "/echo/things/x").send(function);
        Answer unknown = ApiCall.of("HEAD", "/nowhere").send(function);

        assertThat(known.status()).isEqualTo(200);
        assertThat(known.bytes()).isEmpty();
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.bytes()).isEmpty();
    }

    @Test
    void namesTheRequestAndForbidsCachingAndSniffing() {
        Answer answer = ApiCall.of("GET", "/echo/things/x").header("x-request-id", "forged").send(function);

        assertThat(answer.header("x-request-id")).isEqualTo(answer.requestId());
        assertThat(answer.json().get("headers").get("x-request-id").get(0).getStringValue())
                .isEqualTo(answer.requestId());
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void leavesCachingToARouteThatDecidesIt() {
        assertThat(ApiCall.of("GET", "/echo/cookies").send(function).header("cache-control")).isEqualTo("max-age=60");
    }

    @Test
    void refusesAnEventOfAnotherKind() {
        assertThatThrownBy(() -> ApiCall.of("GET", "/").without("requestContext").send(function))
                .hasMessageContaining("not an HTTP API event of format 2.0");
    }

    private static JsonNode echo(String path) {
        Answer answer = ApiCall.of("GET", path).send(function);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> query(String query, String name) {
        List<String> values = new ArrayList<>();
        echo("/echo/things/x?" + query).get("query").get(name).values()
                .forEach(value -> values.add(value.getStringValue()));
        return values;
    }
}
