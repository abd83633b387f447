package dev.plinth.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What clients get while the table cannot be reached. */
class OrdersOutageTest {

    @Test
    void asksClientsToTryAgain() {
        // Port 1 is reserved and refuses.
        try (OrdersFunction function = new OrdersFunction(URI.create("http://127.0.0.1:1"))) {
            String order = "/orders/" + UUID.randomUUID();
            assertUnavailable(function.send(ApiCall.of("POST", "/orders").json(OrderBody.valid().json())));
            assertUnavailable(function.send(ApiCall.of("POST", "/orders")
                    .json(OrderBody.valid().json())
                    .header("idempotency-key", "key")));
            assertUnavailable(function.send(ApiCall.of("GET", "/orders")));
            assertUnavailable(function.send(ApiCall.of("GET", order)));
            assertUnavailable(function.send(ApiCall.of("PATCH", order).json("{}")));
            assertUnavailable(function.send(ApiCall.of("DELETE", order)));
            assertThat(function.items()).isEmpty();
        }
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(answer.json().get("type").getStringValue()).isEqualTo("urn:plinth:problem:unavailable");
        assertThat(answer.text()).doesNotContain("127.0.0.1", "Connect", "dynamo", "orders-");
    }
}
