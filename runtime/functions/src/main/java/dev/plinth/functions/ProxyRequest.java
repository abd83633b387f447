package dev.plinth.functions;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.failure.Violation.Place;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Turns an event of payload format 2.0 into one of format 1.0. Micronaut's adapter for 2.0 loses cookies and the text
 * after a comma in a query, and throws on a space in a path; the one for 1.0 does not, when it is given a path with
 * escapes and every value by itself.
 */
final class ProxyRequest {
    /** RFC 3986 allows {@code & + ;} as well, but the router takes none of them inside a variable unless escaped. */
    private static final String ALLOWED_IN_PATH = "/-._~!$'()*,=:@";
    private static final int RADIX = 16;
    private static final char DELETE = 0x7f;

    private ProxyRequest() {
    }

    /**
     * Returns the event in format 1.0.
     *
     * @param body  the body's bytes, which the event may hold in base64
     * @param extra headers to add, in place of any of that name that was sent
     */
    static APIGatewayProxyRequestEvent of(HttpApiEvent event, byte[] body, Map<String, String> extra) {
        Map<String, List<String>> query = query(event.rawQueryString());
        Map<String, List<String>> headers = new HashMap<>();
        if (event.headers() != null) {
            event.headers().forEach((name, value) -> putHeader(headers, name.toLowerCase(Locale.ROOT), value));
        }
        if (event.cookies() != null && !event.cookies().isEmpty()) {
            putHeader(headers, "cookie", String.join("; ", event.cookies()));
        }
        extra.forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return new APIGatewayProxyRequestEvent()
                .withHttpMethod(event.method())
                .withPath(path(event.rawPath()))
                .withMultiValueQueryStringParameters(query)
                .withMultiValueHeaders(headers)
                // Text would be encoded again by the charset that the caller claims.
                .withBody(body.length == 0 ? null : Base64.getEncoder().encodeToString(body))
                .withIsBase64Encoded(true);
    }

    /**
     * Takes what RFC 9110, section 5.5, takes in a field's value, and text beyond ASCII. Micronaut throws at some of the
     * rest while it builds the request, where no controller and no error handler is reached.
     */
    private static void putHeader(Map<String, List<String>> headers, String name, String value) {
        if (value.chars().anyMatch(character -> character < ' ' && character != '\t' || character == DELETE)) {
            throw Failure.invalid(Place.HEADER, name, "must not contain control characters");
        }
        headers.put(name, List.of(value));
    }

    static byte[] body(HttpApiEvent event) {
        if (event.body() == null) {
            return new byte[0];
        }
        if (!event.isBase64Encoded()) {
            return event.body().getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(event.body());
        } catch (IllegalArgumentException notBase64) {
            throw new Failure(Kind.MALFORMED_BODY, "The body is not base64.", notBase64);
        }
    }

    /**
     * Escapes what may not stand in a path, and keeps the escapes that are there. API Gateway decodes some and not
     * others; a percent sign that was itself escaped cannot be told from an escape any more.
     */
    static String path(String rawPath) {
        if (rawPath == null || rawPath.isEmpty()) {
            return "/";
        }
        byte[] bytes = rawPath.getBytes(StandardCharsets.UTF_8);
        StringBuilder path = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            char character = (char) (bytes[i] & 0xff);
            if (isAllowedInPath(character) || character == '%' && isEscape(bytes, i)) {
                path.append(character);
            } else {
                path.append(String.format("%%%02X", (int) character));
            }
        }
        return path.toString();
    }

    private static boolean isAllowedInPath(char character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9' || ALLOWED_IN_PATH.indexOf(character) >= 0;
    }

    private static boolean isEscape(byte[] bytes, int at) {
        return at + 2 < bytes.length
                && Character.digit(bytes[at + 1], RADIX) >= 0 && Character.digit(bytes[at + 2], RADIX) >= 0;
    }

    /** Reads a query as HTML forms write it: a plus sign is a space, and a name without a value has the empty one. */
    static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (raw == null) {
            return query;
        }
        for (String pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals), null);
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1), name);
                query.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
            }
        }
        return query;
    }

    /** Decodes strictly: {@code URLDecoder} puts a replacement character where the bytes are not UTF-8. */
    private static String decoded(String text, String parameter) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                if (!isEscape(bytes, i)) {
                    throw undecodable(text, parameter);
                }
                int high = Character.digit(bytes[i + 1], RADIX);
                decoded.put((byte) (high * RADIX + Character.digit(bytes[i + 2], RADIX)));
                i += 2;
            } else {
                decoded.put(bytes[i] == '+' ? (byte) ' ' : bytes[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            throw undecodable(text, parameter);
        }
    }

    private static Failure undecodable(String text, String parameter) {
        return Failure.invalid(Place.QUERY, parameter == null ? text : parameter,
                "must be UTF-8 with percent escapes");
    }
}
