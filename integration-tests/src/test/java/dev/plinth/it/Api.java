package dev.plinth.it;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The HTTP API, called by somebody.
 *
 * @param token gives the access token of a request; null for a request without one
 */
record Api(URI base, Supplier<String> token) {
    private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

    /** The API, called by nobody in particular. */
    static Api anonymous(URI base) {
        return new Api(base, () -> null);
    }

    Api with(Supplier<String> another) {
        return new Api(base, another);
    }

    Api with(String another) {
        return new Api(base, () -> another);
    }

    Answer get(String pathAndQuery, String... headers) {
        return send("GET", pathAndQuery, null, headers);
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    Answer delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    /** Sends a request. A body is JSON unless a header says otherwise; headers are pairs of name and value. */
    Answer send(String method, String pathAndQuery, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + pathAndQuery)).timeout(LONGEST_CALL)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        String bearer = token.get();
        if (bearer != null) {
            request.setHeader("Authorization", "Bearer " + bearer);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return Answer.to(request.build());
    }
}
