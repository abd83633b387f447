package dev.plinth.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The calls of the orders service. Headers are given as pairs of name and value. */
record Orders(Api api) {
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

    Answer send(String method, String pathAndQuery, String body, String... headers) {
        return api.send(method, pathAndQuery, body, headers);
    }
}
