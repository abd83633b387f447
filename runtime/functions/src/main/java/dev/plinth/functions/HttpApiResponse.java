package dev.plinth.functions;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An answer to the HTTP API in payload format 2.0.
 *
 * @param headers by name in lower case; values of a repeated header are joined by commas
 * @param cookies one entry a Set-Cookie header, which cannot be joined
 * @param body    the body as text, or in base64; absent when it is empty
 */
@Serdeable
record HttpApiResponse(
        int statusCode,
        Map<String, String> headers,
        List<String> cookies,
        @Nullable String body,
        boolean isBase64Encoded) {

    private static final Set<String> WRITTEN_BY_API_GATEWAY = Set.of("content-length", "date");

    static HttpApiResponse of(APIGatewayProxyResponseEvent response) {
        Map<String, String> headers = new TreeMap<>();
        List<String> cookies = List.of();
        for (Map.Entry<String, List<String>> header : response.getMultiValueHeaders().entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("set-cookie")) {
                cookies = List.copyOf(header.getValue());
            } else if (!WRITTEN_BY_API_GATEWAY.contains(name)) {
                headers.put(name, String.join(", ", header.getValue()));
            }
        }
        return new HttpApiResponse(response.getStatusCode(), headers, cookies, response.getBody(),
                Boolean.TRUE.equals(response.getIsBase64Encoded()) && response.getBody() != null);
    }
}
