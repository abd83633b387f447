package dev.plinth.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.Service;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when the table throttles, fails or answers into the void, and when a process dies: nothing is lost or doubled. */
@Tag("laptop")
class LaptopFaultsIT {
    private static final int MORE_THAN_THE_SDK_RETRIES = 100;

    private final Laptop laptop = SystemUnderTest.get().laptop();
    private final Orders orders = SystemUnderTest.get().orders();
    private final String email = Orders.freshEmail();

    @AfterEach
    void clearFaults() {
        laptop.clearFaults();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ProvisionedThroughputExceededException", "ThrottlingException", "InternalServerError"})
    void answersAFailingTableWithRetryAfterAndWritesNothing(String error) {
        fail("dynamodb:*", "BEFORE", error, MORE_THAN_THE_SDK_RETRIES);

        Answer answer = orders.create(Orders.example(email));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.header("retry-after")).matches("[1-9]\\d*");
        assertThat(answer.body()).doesNotContain(error);
        laptop.clearFaults();
        assertThat(orders.ofCustomer(email).json().path("items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PATCH", "DELETE"})
    void answersEveryRouteOfAnOrderWithRetryAfterWhileTheTableFails(String method) {
        String id = orders.created(email).path("id").asText();
        fail("dynamodb:*", "BEFORE", "InternalServerError", MORE_THAN_THE_SDK_RETRIES);

        Answer answer = orders.send(method, "/orders/" + id, method.equals("PATCH") ? "{\"quantity\": 9}" : null);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isNotEmpty();
        laptop.clearFaults();
        assertThat(orders.get(id).json().path("quantity").asInt()).isEqualTo(3);
    }

    @Test
    void createsOneOrderWhenTheAnswerOfTheWriteIsLost() {
        fail("dynamodb:PutItem", "AFTER", "InternalServerError", 1);

        Answer answer = orders.create(Orders.example(email));

        assertThat(answer.status()).isEqualTo(201);
        assertHoldsOneOrder(answer.json());
    }

    @Test
    void createsOneOrderForAKeyWhenTheAnswerOfTheTransactionIsLost() {
        fail("dynamodb:TransactWriteItems", "AFTER", "InternalServerError", 1);

        Answer answer = orders.create(Orders.example(email), "Idempotency-Key", UUID.randomUUID().toString());

        assertThat(answer.status()).isEqualTo(201);
        assertHoldsOneOrder(answer.json());
    }

    @Test
    void changesAnOrderOnceWhenTheAnswerOfTheWriteIsLost() {
        Answer created = orders.create(Orders.example(email));
        String id = created.json().path("id").asText();
        fail("dynamodb:PutItem", "AFTER", "InternalServerError", 1);

        Answer changed = orders.patch(id, "{\"quantity\": 8}", "If-Match", created.header("etag"));

        assertThat(changed.status()).isEqualTo(200);
        assertThat(orders.get(id).json()).isEqualTo(changed.json());
    }

    @Test
    void losesNothingWhenTheProcessIsKilledInTheMiddleOfARequest() {
        String key = UUID.randomUUID().toString();
        orders.send("GET", "/orders/health/check", null);
        laptop.orderFault("""
                {"operation": "dynamodb:TransactWriteItems", "moment": "AFTER", "delayMillis": 60000}""");
        CompletableFuture<Answer> cut = CompletableFuture.supplyAsync(
                () -> orders.create(Orders.example(email), "Idempotency-Key", key));
        Await.until("the transaction is under way", Duration.ofSeconds(20), () -> laptop.state().path("faults").isEmpty());

        assertThat(laptop.killFunctions()).isPositive();

        assertThat(cut.orTimeout(20, TimeUnit.SECONDS).join().status()).isEqualTo(500);
        Answer again = orders.create(Orders.example(email), "Idempotency-Key", key);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        assertHoldsOneOrder(again.json());
    }

    @Test
    void servesRequestsInParallelInSeveralProcesses() {
        laptop.orderFault("""
                {"operation": "dynamodb:GetItem", "moment": "BEFORE", "delayMillis": 1500, "times": 2}""");
        String unknown = UUID.randomUUID().toString();

        List<Integer> statuses = List.of(1, 2).stream()
                .map(i -> CompletableFuture.supplyAsync(() -> orders.get(unknown).status()))
                .toList().stream().map(CompletableFuture::join).toList();

        assertThat(statuses).containsOnly(404);
        assertThat(laptop.processes(Service.ORDERS)).isEqualTo(2);
    }

    @Test
    void letsOneOfTwoProcessesWinThatHaveReadTheSameState() {
        Answer created = orders.create(Orders.example(email));
        String id = created.json().path("id").asText();
        laptop.orderFault("""
                {"operation": "dynamodb:GetItem", "moment": "AFTER", "delayMillis": 1500, "times": 2}""");

        List<Answer> answers = List.of(5, 6).stream()
                .map(quantity -> CompletableFuture.supplyAsync(
                        () -> orders.patch(id, "{\"quantity\": " + quantity + "}", "If-Match", created.header("etag"))))
                .toList().stream().map(CompletableFuture::join).toList();

        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 412);
        Answer winner = answers.stream().filter(answer -> answer.status() == 200).findFirst().orElseThrow();
        assertThat(orders.get(id).json()).isEqualTo(winner.json());
        assertThat(laptop.processes(Service.ORDERS)).isEqualTo(2);
    }

    @Test
    void refusesAFaultThatIsNone() {
        JsonNode before = laptop.state().path("faults");

        assertThat(catchThrowable(() -> laptop.orderFault("{\"operation\": \"nonsense\"}")))
                .hasMessageContaining("operation must read like dynamodb:PutItem");
        assertThat(laptop.state().path("faults")).isEqualTo(before);
    }

    private void fail(String operation, String moment, String error, int times) {
        boolean server = error.startsWith("Internal");
        laptop.orderFault("""
                {"operation": "%s", "moment": "%s", "error": "%s", "status": %d, "times": %d}"""
                .formatted(operation, moment, error, server ? 500 : 400, times));
    }

    private void assertHoldsOneOrder(JsonNode order) {
        JsonNode items = orders.ofCustomer(email).json().path("items");
        assertThat(items).hasSize(1);
        assertThat(items.get(0)).isEqualTo(order);
    }
}
