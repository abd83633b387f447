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
            assertUnavailable(function.send(call("POST", "/orders").json(OrderBody.valid().json())));
            assertUnavailable(function.send(call("POST", "/orders")
                    .json(OrderBody.valid().json())
                    .header("idempotency-key", "key")));
            assertUnavailable(function.send(call("GET", "/orders")));
            assertUnavailable(function.send(call("GET", order)));
            assertUnavailable(function.send(call("PATCH", order).json("{}")));
            assertUnavailable(function.send(call("DELETE", order)));
            assertThat(function.items()).isEmpty();
        }
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(answer.json().get("type").getStringValue()).isEqualTo("urn:plinth:problem:unavailable");
        assertThat(answer.text()).doesNotContain("127.0.0.1", "Connect", "dynamo", "orders-");
    }

    private static ApiCall call(String method, String path) {
        return ApiCall.of(method, path).asStaff();
    }
}
