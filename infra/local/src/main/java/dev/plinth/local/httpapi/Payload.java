package dev.plinth.local.httpapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plinth.local.net.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;

/** Payload format 2.0 of HTTP APIs: a request becomes an event, and a function's result becomes an answer. */
final class Payload {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter CLF =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    /** The gateway sets these itself. */
    private static final Set<String> NOT_PASSED_BACK = Set.of("connection", "content-length", "transfer-encoding", "keep-alive");

    /** A token of RFC 9110, 5.6.2. */
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");

    private Payload() {
    }

    /** What the gateway knows of a request besides the request itself. */
    record Circumstances(String accountId, String apiId, String domainName, String stage, String requestId, Instant time) {
        String clfTime() {
            return CLF.format(time);
        }

        /** Returns the port of the Host header, 80 when it names none. */
        String port() {
            int colon = domainName.indexOf(':');
            return colon < 0 ? "80" : domainName.substring(colon + 1);
        }
    }

    /** An answer of a function in HTTP's terms. */
    record Answer(int status, List<HttpField> headers, byte[] body) {
    }

    /** A result that is not of the payload format. */
    static final class MalformedResultException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedResultException(String message) {
            super(message);
        }
    }

    /**
     * A request that a route matched, as the gateway hands it on.
     *
     * @param headers by name in lower case, without the cookies; of several fields of a name, the values joined by commas
     * @param query   decoded; of several parameters of a name, the values joined by commas
     */
    record Request(Exchange http, RouteTable.Match match, Circumstances about, List<String> cookies,
                   Map<String, String> headers, Map<String, String> query) {
    }

    static Request request(Exchange exchange, RouteTable.Match match, Circumstances about) {
        List<String> cookies = new ArrayList<>();
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : exchange.headers()) {
            String name = field.getName().toLowerCase(Locale.ROOT);
            String value = Optional.ofNullable(field.getValue()).orElse("");
            if (name.equals("cookie")) {
                Stream.of(value.split("; ?")).filter(cookie -> !cookie.isBlank()).forEach(cookies::add);
            } else if (!name.equals("connection")) {
                headers.merge(name, value, (first, next) -> first + "," + next);
            }
        }
        headers.put("x-forwarded-for", "127.0.0.1");
        headers.put("x-forwarded-proto", "http");
        headers.put("x-forwarded-port", about.port());
        return new Request(exchange, match, about, cookies, headers, query(exchange.rawQuery()));
    }

    /**
     * Writes the event of an integration.
     *
     * @param authorizer what the route's authorizer said of the caller; empty for a route without one
     */
    static byte[] event(Request request, byte[] body, Optional<JsonNode> authorizer) {
        ObjectNode event = JSON.createObjectNode();
        event.put("version", "2.0");
        describe(request, event);
        authorizer.ifPresent(context -> ((ObjectNode) event.get("requestContext")).putObject("authorizer").set("lambda", context));
        boolean text = isText(request.headers().get("content-type"), request.headers().get("content-encoding"), body);
        if (body.length > 0) {
            event.put("body", text ? new String(body, StandardCharsets.UTF_8) : Base64.getEncoder().encodeToString(body));
        }
        event.put("isBase64Encoded", body.length > 0 && !text);
        return bytes(event);
    }

    /** Writes the event of an authorizer, which has no body. */
    static byte[] authorizerEvent(Request request, String routeArn, List<String> identity) {
        ObjectNode event = JSON.createObjectNode();
        event.put("version", "2.0");
        event.put("type", "REQUEST");
        event.put("routeArn", routeArn);
        identity.forEach(event.putArray("identitySource")::add);
        describe(request, event);
        return bytes(event);
    }

    private static void describe(Request request, ObjectNode event) {
        Exchange exchange = request.http();
        Circumstances about = request.about();
        event.put("routeKey", request.match().routeKey());
        event.put("rawPath", decodePath(exchange.rawPath()));
        event.put("rawQueryString", exchange.rawQuery());
        if (!request.cookies().isEmpty()) {
            request.cookies().forEach(event.putArray("cookies")::add);
        }
        request.headers().forEach(event.putObject("headers")::put);
        if (!request.query().isEmpty()) {
            request.query().forEach(event.putObject("queryStringParameters")::put);
        }
        ObjectNode context = event.putObject("requestContext");
        context.put("accountId", about.accountId());
        context.put("apiId", about.apiId());
        context.put("domainName", about.domainName());
        context.put("domainPrefix", about.apiId());
        ObjectNode http = context.putObject("http");
        http.put("method", exchange.method());
        http.put("path", decodePath(exchange.rawPath()));
        http.put("protocol", exchange.protocol());
        http.put("sourceIp", "127.0.0.1");
        http.put("userAgent", request.headers().getOrDefault("user-agent", ""));
        context.put("requestId", about.requestId());
        context.put("routeKey", request.match().routeKey());
        context.put("stage", about.stage());
        context.put("time", about.clfTime());
        context.put("timeEpoch", about.time().toEpochMilli());
        if (!request.match().pathParameters().isEmpty()) {
            request.match().pathParameters().forEach(event.putObject("pathParameters")::put);
        }
    }

    private static byte[] bytes(ObjectNode event) {
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event is written into memory", e);
        }
    }

    private static boolean isText(String contentType, String contentEncoding, byte[] body) {
        String type = contentType == null ? "text/plain" : contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        boolean named = type.startsWith("text/") || type.equals("application/json") || type.equals("application/javascript")
                || type.equals("application/xml") || type.endsWith("+json") || type.endsWith("+xml");
        return named && contentEncoding == null && isUtf8(body);
    }

    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Repeated parameters are joined by commas, as the gateway does. */
    private static Map<String, String> query(String raw) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decodeForm(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decodeForm(pair.substring(equals + 1));
                parameters.merge(name, value, (first, next) -> first + "," + next);
            }
        }
        return parameters;
    }

    private static String decodeForm(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Decodes percent escapes; a plus sign stays one, and an escape that is none stays as it was sent. */
    static String decodePath(String raw) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length());
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            if (low >= 0) {
                decoded.write(high * 16 + low);
                i += 2;
            } else {
                decoded.write(bytes[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    /**
     * Reads a function's result.
     *
     * @throws MalformedResultException when HTTP could not say what the result says
     */
    static Answer answer(byte[] result) throws MalformedResultException {
        JsonNode json;
        try {
            json = JSON.readTree(result);
        } catch (IOException e) {
            throw new MalformedResultException("The function's result is not JSON: " + e.getMessage());
        }
        if (!json.isObject() || !json.has("statusCode")) {
            // The format's shorthand: a result without a status is the body of a 200.
            return new Answer(200, List.of(new HttpField("content-type", "application/json")),
                    json.isTextual() ? json.textValue().getBytes(StandardCharsets.UTF_8) : result);
        }
        int status = status(json.path("statusCode"));
        byte[] body = body(json.path("body"), json.path("isBase64Encoded").asBoolean());
        List<HttpField> headers = headers(json.path("headers"));
        if (body.length > 0 && headers.stream().noneMatch(header -> header.getName().equals("content-type"))) {
            headers.add(new HttpField("content-type", "text/plain; charset=utf-8"));
        }
        headers.addAll(cookies(json.path("cookies")));
        return new Answer(status, headers, hasNoBody(status) ? new byte[0] : body);
    }

    private static int status(JsonNode value) throws MalformedResultException {
        require(value.isInt() && value.intValue() >= 200 && value.intValue() <= 599,
                "statusCode is no integer from 200 to 599", value);
        return value.intValue();
    }

    /** RFC 9110, 15.3.5 and 15.4.5. */
    private static boolean hasNoBody(int status) {
        return status == 204 || status == 304;
    }

    private static byte[] body(JsonNode value, boolean base64) throws MalformedResultException {
        require(isAbsent(value) || value.isTextual(), "body is no string", value);
        String text = value.asText("");
        try {
            return base64 ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedResultException("The function's body is not base64, as isBase64Encoded says: " + e.getMessage());
        }
    }

    private static List<HttpField> headers(JsonNode value) throws MalformedResultException {
        require(isAbsent(value) || value.isObject(), "headers are no object", value);
        List<HttpField> headers = new ArrayList<>();
        for (Map.Entry<String, JsonNode> header : value.properties()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            require(HEADER_NAME.matcher(name).matches(), "headers hold a name that is none", JSON.valueToTree(name));
            require(header.getValue().isValueNode() && !header.getValue().isNull(),
                    "header " + name + " is no string, number or boolean", header.getValue());
            if (!NOT_PASSED_BACK.contains(name)) {
                headers.add(field(name, header.getValue()));
            }
        }
        return headers;
    }

    private static List<HttpField> cookies(JsonNode value) throws MalformedResultException {
        require(isAbsent(value) || value.isArray(), "cookies are no list", value);
        List<HttpField> cookies = new ArrayList<>();
        for (JsonNode cookie : value) {
            require(cookie.isTextual(), "cookies hold what is no string", cookie);
            cookies.add(field("set-cookie", cookie));
        }
        return cookies;
    }

    /** A line break in a value would begin a header, or a body, of the function's making. */
    private static HttpField field(String name, JsonNode value) throws MalformedResultException {
        require(value.asText().chars().noneMatch(c -> c < ' ' && c != '\t' || c == 0x7f),
                "header " + name + " holds a control character", value);
        return new HttpField(name, value.asText());
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static void require(boolean holds, String otherwise, JsonNode found) throws MalformedResultException {
        if (!holds) {
            throw new MalformedResultException("The function's " + otherwise + ": " + found);
        }
    }
}
