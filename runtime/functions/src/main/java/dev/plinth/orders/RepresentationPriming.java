package dev.plinth.orders;

import dev.plinth.functions.checkpoint.Priming;
import dev.plinth.functions.json.RequestBodies;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Takes an order from its body to an item and back to its representation. The requests sent before the checkpoint
 * reach none of this, as they create nothing and the table may be empty.
 */
@Singleton
class RepresentationPriming implements Priming {

    private static final String BODY = """
            {"customerName": "Priming", "customerEmail": "priming@example.org", "productName": "Priming",
             "quantity": 1, "unitPrice": {"amount": "1.00", "currency": "EUR"}, "shippingAddress": "Priming"}""";
    private static final String PATCH = "{\"quantity\": 2}";

    private final RequestBodies bodies;
    private final JsonMapper json;

    RepresentationPriming(RequestBodies bodies, JsonMapper json) {
        this.bodies = bodies;
        this.json = json;
    }

    @Override
    public void prime() {
        OrderDetails details = bodies.read(bytes(BODY), CreateOrderRequest.class, Set.of("id")).details();
        OrderChange change = bodies.patch(
                ChangeOrderRequest.of(new OrderChange(details, OrderStatus.PENDING)),
                bytes(PATCH), ChangeOrderRequest.class, Set.of("id")).change();
        Order order = new Order(UUID.randomUUID(), UUID.randomUUID(), change.details(), change.status(), Instant.EPOCH,
                Instant.EPOCH, UUID.randomUUID().toString());
        Order stored = OrderItems.order(OrderItems.item(order));
        OrderPage page = new OrderPage(List.of(stored), Optional.of(stored.position()));
        try {
            json.writeValueAsBytes(OrderPageRepresentation.of(page, OrderFilter.ALL));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
