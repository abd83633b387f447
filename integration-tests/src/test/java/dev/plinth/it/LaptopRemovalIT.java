package dev.plinth.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.Setting;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user who is removed takes sessions and todos along, wherever a process dies on the way. */
@Tag("laptop")
class LaptopRemovalIT {
    private static final Duration LONGEST = Duration.ofSeconds(90);

    private final SystemUnderTest system = SystemUnderTest.get();
    private final Laptop laptop = system.laptop();
    private final Person ada = system.customer();

    @AfterEach
    void clearFaults() {
        laptop.clearFaults();
    }

    @Test
    void removesSessionsAtOnceAndTodosSoon() {
        addTodos(3);

        assertThat(ada.api().delete("/users/" + ada.id()).status()).isEqualTo(204);

        assertThat(Person.signIn(system.anonymous(), ada.email(), ada.password()).status()).isEqualTo(401);
        assertThat(refresh().status()).isEqualTo(401);
        assertGone();
    }

    /** The calls of the removal in their order: revocation, event, and what the worker does with the todos. */
    @ParameterizedTest
    @CsvSource({
        "dynamodb:PutItem, BEFORE", "dynamodb:PutItem, AFTER",
        "sqs:SendMessageBatch, BEFORE", "sqs:SendMessageBatch, AFTER",
        "dynamodb:UpdateItem, BEFORE", "dynamodb:UpdateItem, AFTER",
        "dynamodb:Query, BEFORE", "dynamodb:Query, AFTER",
        "dynamodb:BatchWriteItem, BEFORE", "dynamodb:BatchWriteItem, AFTER"})
    void leavesNothingHalfDoneWhenEveryProcessIsKilledAt(String operation, String moment) {
        addTodos(3);
        laptop.orderFault("""
                {"operation": "%s", "moment": "%s", "delayMillis": 60000}""".formatted(operation, moment));
        CompletableFuture<Answer> removal =
                CompletableFuture.supplyAsync(() -> ada.api().delete("/users/" + ada.id()));
        Await.until(operation + " is under way", LONGEST, () -> laptop.state().path("faults").isEmpty());

        assertThat(laptop.killFunctions()).isPositive();

        Answer answer = removal.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(answer.status()).isIn(204, 500);
        laptop.fireSchedules();
        assertGone();
        assertThat(refresh().status()).isEqualTo(401);
    }

    private void addTodos(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(ada.api().post("/users/" + ada.id() + "/todos", "{\"title\": \"Todo\"}").status()).isEqualTo(201);
        }
        assertThat(storedTodos()).isEqualTo(count);
    }

    private void assertGone() {
        Await.until("the todos are gone", LONGEST, () -> storedTodos() == 0);
        assertThat(system.operator().api().get("/users/" + ada.id()).status()).isEqualTo(404);
    }

    private long storedTodos() {
        return laptop.sortKeys(system.output(Setting.TODOS_TABLE_NAME), "USER#" + ada.id()).stream()
                .filter(sortKey -> sortKey.startsWith("TODO#")).count();
    }

    private Answer refresh() {
        return system.anonymous().post("/sessions/refresh", "{\"refreshToken\": \"" + ada.refreshToken() + "\"}");
    }
}
