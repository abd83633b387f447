package dev.plinth.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/** The calls of the orders service. Headers are given as pairs of name and value. */
record Orders(URI api) {
    private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

    /** Returns a valid order for a customer whom no other test uses. */
    static String example(String email) {
        return """
                {"customerName": "Ada Lovelace", "customerEmail": "%s", "productName": "Difference engine",
                 "quantity": 3, "unitPrice": {"amount": "19.99", "currency": "EUR"}, "shippingAddress": "12 St James's Sq"}
                """.formatted(email);
    }

    static String freshEmail() {
        return UUID.randomUUID() + "@example.com";
    }

    Answer create(String body, String... headers) {
        return send("POST", "/orders", body, headers);
    }

    /** Creates an order and returns its representation; fails unless it is created. */
    JsonNode created(String email) {
        Answer answer = create(example(email));
        if (answer.status() != 201) {
            throw new AssertionError("Not created: " + answer);
        }
        return answer.json();
    }

    Answer get(String id, String... headers) {
        return send("GET", "/orders/" + id, null, headers);
    }

    Answer list(String query) {
        return send("GET", "/orders?" + query, null);
    }

    Answer ofCustomer(String email) {
        return list("customerEmail=" + URLEncoder.encode(email, StandardCharsets.UTF_8));
    }

    Answer patch(String id, String body, String... headers) {
        return send("PATCH", "/orders/" + id, body, headers);
    }

    Answer delete(String id, String... headers) {
        return send("DELETE", "/orders/" + id, null, headers);
    }

    /** Sends a request; a body is JSON unless a header says otherwise. */
    Answer send(String method, String pathAndQuery, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + pathAndQuery)).timeout(LONGEST_CALL)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return Answer.to(request.build());
    }
}
