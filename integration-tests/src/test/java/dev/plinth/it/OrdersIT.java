package dev.plinth.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of the orders service. Each test has a customer of its own, so tests and runs do not meet. */
class OrdersIT {
    private static final Duration INDEX_LAG = Duration.ofSeconds(20);

    private final Orders orders = SystemUnderTest.get().orders();
    private final String email = Orders.freshEmail();

    @Test
    void createsAnOrderAndComputesItsTotal() {
        Answer created = orders.create(Orders.example(email));

        assertThat(created.status()).isEqualTo(201);
        JsonNode order = created.json();
        assertThat(created.header("location")).isEqualTo("/orders/" + order.path("id").asText());
        assertThat(created.header("etag")).matches("\"[^\"]+\"");
        assertThat(order.path("status").asText()).isEqualTo("PENDING");
        assertThat(order.path("totalPrice").path("amount").asText()).isEqualTo("59.97");
        assertThat(order.path("totalPrice").path("currency").asText()).isEqualTo("EUR");
        assertThat(orders.get(order.path("id").asText()).json()).isEqualTo(order);
    }

    @Test
    void computesTheTotalWhateverTheClientClaims() {
        Answer created = orders.create(Orders.example(email)
                .replaceFirst("\\{", "{\"totalPrice\": {\"amount\": \"0.01\", \"currency\": \"EUR\"}, "));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("totalPrice").path("amount").asText()).isEqualTo("59.97");
    }

    @Test
    void walksAnOrderThroughItsLifeAndRefusesIllegalSteps() {
        String id = orders.created(email).path("id").asText();

        assertThat(orders.patch(id, "{\"status\": \"SHIPPED\"}").status()).isEqualTo(409);
        for (String status : List.of("CONFIRMED", "SHIPPED", "DELIVERED")) {
            assertThat(orders.patch(id, "{\"status\": \"" + status + "\"}").json().path("status").asText()).isEqualTo(status);
        }
        Answer illegal = orders.patch(id, "{\"status\": \"PENDING\"}");
        assertThat(illegal.status()).isEqualTo(409);
        assertThat(illegal.header("content-type")).startsWith("application/problem+json");
        assertThat(orders.get(id).json().path("status").asText()).isEqualTo("DELIVERED");
    }

    @Test
    void changesFieldsAndTheTotalWithThem() {
        String id = orders.created(email).path("id").asText();

        JsonNode changed = orders.patch(id, "{\"quantity\": 1, \"shippingAddress\": null}").json();

        assertThat(changed.path("totalPrice").path("amount").asText()).isEqualTo("19.99");
        assertThat(changed.has("shippingAddress")).isFalse();
        assertThat(changed.path("customerName").asText()).isEqualTo("Ada Lovelace");
    }

    @Test
    void deletesAnOrder() {
        String id = orders.created(email).path("id").asText();

        assertThat(orders.delete(id).status()).isEqualTo(204);
        assertThat(orders.get(id).status()).isEqualTo(404);
        assertThat(orders.delete(id).status()).isEqualTo(404);
        Await.until("the list forgets the order", INDEX_LAG, () -> orders.ofCustomer(email).json().path("items").isEmpty());
    }

    @Test
    void listsPagesNewestFirstWithoutGapsOrRepeats() {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            created.add(0, orders.created(email).path("id").asText());
        }
        Await.until("the index holds all orders", INDEX_LAG, () -> orders.ofCustomer(email).json().path("items").size() == 5);

        List<String> listed = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = orders.list("limit=2&customerEmail=" + email + cursor).json();
            page.path("items").forEach(order -> listed.add(order.path("id").asText()));
            cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : "";
            pages++;
        } while (!cursor.isEmpty());

        assertThat(listed).isEqualTo(created);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void filtersByStatusAndCustomer() {
        String confirmed = orders.created(email).path("id").asText();
        orders.created(email);
        orders.patch(confirmed, "{\"status\": \"CONFIRMED\"}");

        Await.until("the index holds the change", INDEX_LAG, () -> {
            JsonNode items = orders.list("status=CONFIRMED&customerEmail=" + email).json().path("items");
            return items.size() == 1 && items.get(0).path("id").asText().equals(confirmed);
        });
        Await.until("the list of all orders holds it", INDEX_LAG, () -> orders.list("limit=100&status=CONFIRMED")
                .json().path("items").findValuesAsText("id").contains(confirmed));
    }

    @Test
    void answersAReplayedCreationWithTheFirstOrder() {
        String key = UUID.randomUUID().toString();

        Answer first = orders.create(Orders.example(email), "Idempotency-Key", key);
        Answer second = orders.create(Orders.example(email), "Idempotency-Key", key);

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.header("etag")).isEqualTo(first.header("etag"));
        assertThat(second.header("idempotency-replayed")).isEqualTo("true");
        Await.until("the list holds one order", INDEX_LAG, () -> orders.ofCustomer(email).json().path("items").size() == 1);
    }

    @Test
    void createsOneOrderForRacingRequestsWithOneKey() {
        String key = UUID.randomUUID().toString();

        List<Answer> answers = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> orders.create(Orders.example(email), "Idempotency-Key", key)))
                .toList().stream().map(CompletableFuture::join).toList();

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(answers).extracting(answer -> answer.json().path("id").asText()).containsOnly(
                answers.get(0).json().path("id").asText());
        Await.until("the list holds one order", INDEX_LAG, () -> orders.ofCustomer(email).json().path("items").size() == 1);
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherBody() {
        String key = UUID.randomUUID().toString();
        orders.create(Orders.example(email), "Idempotency-Key", key);

        Answer other = orders.create(Orders.example(email).replace("\"quantity\": 3", "\"quantity\": 4"), "Idempotency-Key", key);

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.header("content-type")).startsWith("application/problem+json");
    }

    @Test
    void letsOneOfTwoWritersWithTheSameTagWin() {
        Answer created = orders.create(Orders.example(email));
        String id = created.json().path("id").asText();
        String tag = created.header("etag");

        List<Answer> answers = IntStream.of(5, 6)
                .mapToObj(quantity -> CompletableFuture.supplyAsync(
                        () -> orders.patch(id, "{\"quantity\": " + quantity + "}", "If-Match", tag)))
                .toList().stream().map(CompletableFuture::join).toList();

        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 412);
        Answer winner = answers.stream().filter(answer -> answer.status() == 200).findFirst().orElseThrow();
        assertThat(orders.get(id).json()).isEqualTo(winner.json());
    }

    @Test
    void losesNoUpdateOfWritersWithoutATag() {
        String id = orders.created(email).path("id").asText();

        List<Answer> answers = List.of("{\"quantity\": 7}", "{\"productName\": \"Analytical engine\"}").stream()
                .map(change -> CompletableFuture.supplyAsync(() -> orders.patch(id, change)))
                .toList().stream().map(CompletableFuture::join).toList();

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        JsonNode order = orders.get(id).json();
        assertThat(order.path("quantity").asInt()).isEqualTo(7);
        assertThat(order.path("productName").asText()).isEqualTo("Analytical engine");
    }

    @Test
    void answersAnUnchangedOrderWithNotModified() {
        Answer created = orders.create(Orders.example(email));

        Answer again = orders.get(created.json().path("id").asText(), "If-None-Match", created.header("etag"));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "quantity": 3                | "quantity": 0                 | /quantity
            "quantity": 3                | "quantity": -1                | /quantity
            "quantity": 3                | "quantity": 99999999999       | /quantity
            "quantity": 3                | "quantity": 1.5               | /quantity
            "quantity": 3                | "quantity": "3"               | /quantity
            "amount": "19.99"            | "amount": "19.999"            | /unitPrice/amount
            "amount": "19.99"            | "amount": "-1"                | /unitPrice/amount
            "amount": "19.99"            | "amount": 19.99               | /unitPrice/amount
            "currency": "EUR"            | "currency": "EURO"            | /unitPrice/currency
            "customerName": "Ada Lovelace" | "customerName": ["Ada"]     | /customerName
            "customerName": "Ada Lovelace" | "customerName": " "         | /customerName
            "customerName"               | "customer"                    | /customer
            """)
    void pointsAtTheFieldThatIsWrongAndWritesNothing(String right, String wrong, String pointer) {
        Answer answer = orders.create(Orders.example(email).replace(right, wrong));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.pointers()).anyMatch(found -> found.endsWith(pointer));
        assertThat(orders.ofCustomer(email).json().path("items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "a@", "@b.example", "a b@c.example", "a@b..example"})
    void refusesABadEmail(String bad) {
        Answer answer = orders.create(Orders.example(bad));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.pointers()).anyMatch(pointer -> pointer.endsWith("/customerEmail"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"quantity\":}", "not json"})
    void refusesMalformedJsonWithoutLeakingTheParser(String body) {
        Answer answer = orders.create(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.body()).doesNotContain("Exception", "jackson", "micronaut", "java.");
    }

    @Test
    void refusesTooLargeABody() {
        Answer answer = orders.create(Orders.example(email).replace("12 St James's Sq", "x".repeat(70_000)));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor=forged", "cursor=eyJpZCI6IjEifQ", "cursor=", "limit=0", "limit=101", "limit=ten", "status=LOST"})
    void refusesABadQuery(String query) {
        Answer answer = orders.list(query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").get(0).path("parameter").asText()).isEqualTo(query.split("=")[0]);
    }

    @Test
    void refusesACursorOfAnotherList() {
        orders.created(email);
        orders.created(email);
        Await.until("the index holds both", INDEX_LAG, () -> orders.ofCustomer(email).json().path("items").size() == 2);
        String cursor = orders.list("limit=1&customerEmail=" + email).json().path("nextCursor").asText();

        assertThat(orders.list("limit=1&customerEmail=" + Orders.freshEmail() + "&cursor=" + cursor).status()).isEqualTo(400);
        assertThat(orders.list("limit=1&customerEmail=" + email + "&cursor=" + cursor).status()).isEqualTo(200);
    }

    @Test
    void refusesAStaleTag() {
        Answer created = orders.create(Orders.example(email));
        String id = created.json().path("id").asText();
        orders.patch(id, "{\"quantity\": 4}");

        assertThat(orders.patch(id, "{\"quantity\": 5}", "If-Match", created.header("etag")).status()).isEqualTo(412);
        assertThat(orders.delete(id, "If-Match", created.header("etag")).status()).isEqualTo(412);
        assertThat(orders.get(id).json().path("quantity").asInt()).isEqualTo(4);
    }

    @Test
    void answersUnknownOrdersAndRoutes() {
        assertThat(orders.get(UUID.randomUUID().toString()).status()).isEqualTo(404);
        assertThat(orders.get("no-uuid").status()).isEqualTo(400);
        assertThat(orders.send("GET", "/nothing", null).status()).isEqualTo(404);
        assertThat(orders.send("PUT", "/orders", "{}").status()).isEqualTo(404);
    }

    @Test
    void tellsItsHealthByDependency() {
        Answer health = orders.send("GET", "/orders/health/check", null);

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().path("status").asText()).isEqualTo("UP");
        assertThat(health.json().path("checks")).isNotEmpty().allSatisfy(check -> {
            assertThat(check.path("status").asText()).isEqualTo("UP");
            assertThat(check.path("latencyMs").isNumber()).isTrue();
        });
    }

    @Test
    void servesItsOpenApiDocument() {
        Answer document = orders.send("GET", "/openapi.yml", null);

        assertThat(document.status()).isEqualTo(200);
        assertThat(document.header("content-type")).contains("yaml");
        assertThat(document.body()).contains("openapi: 3", "/orders/{id}:", "Idempotency-Key");
    }

    @Test
    void answersPreflightRequestsOfTheStagesOrigins() {
        Answer preflight = orders.send("OPTIONS", "/orders", null,
                "Origin", "https://evil.test", "Access-Control-Request-Method", "POST");

        assertThat(preflight.headers().firstValue("access-control-allow-origin")).isEmpty();
    }
}
