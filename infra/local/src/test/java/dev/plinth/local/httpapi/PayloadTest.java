package dev.plinth.local.httpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.net.LoopbackServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.junit.jupiter.api.Test;

/** Requests go over a raw socket, since an HTTP client would tidy them. */
class PayloadTest {
    private static final RouteTable.Match MATCH = new RouteTable.Match("POST /x/{name}", "arn", Map.of("name", "v"));
    private static final Payload.Circumstances ABOUT = new Payload.Circumstances(
            "000000000000", "api", "127.0.0.1:80", "$default", "request-1", Instant.parse("2026-01-02T03:04:05Z"));

    @Test
    void keepsPathQueryHeadersAndCookiesAsTheyWereSent() throws Exception {
        JsonNode event = send("POST /x/a%20b%C3%A9?q=1%2C2&q=a+b&empty=&%C3%A9=%26 HTTP/1.1\r\n"
                + "Host: 127.0.0.1\r\nCookie: a=1; b=2\r\nCookie: c=3\r\nX-Two: first\r\nX-Two: second, third\r\n"
                + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(event.path("rawPath").asText()).isEqualTo("/x/a bé");
        assertThat(event.path("rawQueryString").asText()).isEqualTo("q=1%2C2&q=a+b&empty=&%C3%A9=%26");
        assertThat(event.path("queryStringParameters").path("q").asText()).isEqualTo("1,2,a b");
        assertThat(event.path("queryStringParameters").path("é").asText()).isEqualTo("&");
        assertThat(event.path("cookies")).map(JsonNode::asText).containsExactly("a=1", "b=2", "c=3");
        assertThat(event.path("headers").has("cookie")).isFalse();
        assertThat(event.path("headers").path("x-two").asText()).isEqualTo("first,second, third");
        assertThat(event.path("pathParameters").path("name").asText()).isEqualTo("v");
        assertThat(event.path("requestContext").path("http").path("method").asText()).isEqualTo("POST");
        assertThat(event.path("requestContext").path("time").asText()).isEqualTo("02/Jan/2026:03:04:05 +0000");
        assertThat(event.path("body").asText()).isEqualTo("{}");
        assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
    }

    @Test
    void takesEmptyHeadersBadEscapesAndAHostWithoutAPort() throws Exception {
        JsonNode event = send("POST /x/v?a=%zz&&=1 HTTP/1.1\r\nHost: localhost\r\nX-Empty:\r\nCookie:\r\nCookie: a=1;  ;b\r\n"
                + "Content-Length: 0\r\n\r\n");

        assertThat(event.path("headers").path("x-empty").textValue()).isEmpty();
        assertThat(event.path("cookies")).map(JsonNode::asText).containsExactly("a=1", "b");
        assertThat(event.path("queryStringParameters").path("a").asText()).isEqualTo("%zz");
        assertThat(event.path("queryStringParameters").path("").asText()).isEqualTo("1");
        assertThat(event.path("headers").path("x-forwarded-port").asText()).isEqualTo("80");
        assertThat(Payload.decodePath("/a%2zb%C3%A9+%")).isEqualTo("/a%2zbé+%");
    }

    @Test
    void encodesABodyThatIsCompressedOrIsNoUtf8() throws Exception {
        String head = "POST /x/v HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 1\r\n";

        assertThat(send(head + "\r\n1").path("body").asText()).isEqualTo("1");
        assertThat(send(head + "Content-Encoding: gzip\r\n\r\n1").path("isBase64Encoded").asBoolean()).isTrue();
        assertThat(send(head + "\r\n\u00ff").path("body").asText()).isEqualTo("/w==");
    }

    @Test
    void encodesABinaryBody() throws Exception {
        JsonNode event = send("POST /x/v HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/octet-stream\r\n"
                + "Content-Length: 3\r\n\r\nabc");

        assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
        assertThat(event.path("body").asText()).isEqualTo("YWJj");
    }

    @Test
    void encodesABodyOfATypeThatIsNone() throws Exception {
        JsonNode event = send("POST /x/v HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ;;\r\n"
                + "Content-Length: 3\r\n\r\nabc");

        assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
    }

    @Test
    void passesPathsThatServersRefuseByThemselves() throws Exception {
        assertThat(send("POST /x/a%2Fb HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").path("rawPath").asText()).isEqualTo("/x/a/b");
        assertThat(send("POST /x/%2E%2E HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").path("rawPath").asText()).isEqualTo("/x/..");
        assertThat(send("POST //x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").path("rawPath").asText()).isEqualTo("//x");
    }

    @Test
    void leavesOutAnEmptyBody() throws Exception {
        JsonNode event = send("POST /x/v HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n");

        assertThat(event.has("body")).isFalse();
        assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
    }

    @Test
    void givesEveryCookieOfAnAnswerAHeaderOfItsOwn() throws Exception {
        Payload.Answer answer = Payload.answer(("{\"statusCode\":201,\"headers\":{\"ETag\":\"\\\"1\\\"\",\"Content-Length\":\"9\"},"
                + "\"cookies\":[\"a=1; Path=/\",\"b=2\"],\"body\":\"aGk=\",\"isBase64Encoded\":true}").getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers()).containsExactly(new HttpField("etag", "\"1\""),
                new HttpField("content-type", "text/plain; charset=utf-8"),
                new HttpField("set-cookie", "a=1; Path=/"), new HttpField("set-cookie", "b=2"));
        assertThat(answer.body()).asString().isEqualTo("hi");
    }

    @Test
    void takesAResultWithoutAStatusForTheBody() throws Exception {
        assertThat(Payload.answer("[1]".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(200);
    }

    @Test
    void takesATextWithoutAStatusForTheBodyWithoutItsQuotationMarks() throws Exception {
        assertThat(Payload.answer("\"hello\"".getBytes(StandardCharsets.UTF_8)).body()).asString().isEqualTo("hello");
        assertThat(Payload.answer("{\"a\": 1}".getBytes(StandardCharsets.UTF_8)).body()).asString().isEqualTo("{\"a\": 1}");
    }

    @Test
    void refusesAResultThatIsNoJson() {
        assertThatThrownBy(() -> Payload.answer("<html>".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Payload.MalformedResultException.class);
    }

    private static JsonNode send(String request) throws Exception {
        CompletableFuture<byte[]> event = new CompletableFuture<>();
        try (LoopbackServer server = LoopbackServer.start("a test", "(no flag)", 0, exchange -> {
            event.complete(Payload.event(Payload.request(exchange, MATCH, ABOUT), exchange.body(1000), Optional.empty()));
            exchange.answer(200, "text/plain", "");
        }); Socket socket = new Socket("127.0.0.1", server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(12), StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 200");
            return new ObjectMapper().readTree(event.get(5, TimeUnit.SECONDS));
        }
    }
}
