package dev.plinth.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that is down costs its callers a quick 503, and nothing once it is back. */
@Tag("laptop")
class LaptopDatabasesIT {
    private static final Duration AT_ONCE = Duration.ofSeconds(3);
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    private final SystemUnderTest system = SystemUnderTest.get();
    private final Laptop laptop = system.laptop();
    private final Person ada = system.customer();

    @AfterEach
    void startEngines() {
        laptop.engine("postgresql", "start");
        laptop.engine("redis", "start");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "redis"})
    void answersAtOnceWithRetryAfterAndRecoversByItself(String engine) {
        assertThat(ada.api().get("/users/" + ada.id()).status()).isEqualTo(200);
        laptop.engine(engine, "stop");

        List<Long> millis = IntStream.range(0, 8).mapToObj(i -> CompletableFuture.supplyAsync(() -> {
            long start = System.nanoTime();
            Answer answer = ada.api().get("/users/" + ada.id());
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("retry-after")).matches("[1-9]\\d*");
            assertThat(answer.body()).doesNotContain("PSQL", "Jedis", "127.0.0.1", "Exception");
            return (System.nanoTime() - start) / 1_000_000;
        })).toList().stream().map(CompletableFuture::join).toList();

        assertThat(millis).allMatch(each -> each < AT_ONCE.toMillis());
        // A process keeps what it found for a second.
        Await.until("health tells so", AT_ONCE, () -> system.anonymous().get("/health").status() == 503);
        Answer health = system.anonymous().get("/health");
        assertThat(health.json().path("checks").path(engine).path("status").asText()).isEqualTo("DOWN");
        assertThat(health.json().path("checks").path("dynamodb").path("status").asText()).isEqualTo("UP");
        assertThat(ada.api().get("/users/" + ada.id() + "/todos").status()).as("todos need neither").isEqualTo(200);
        laptop.engine(engine, "start");
        Await.until("the service recovers", RECOVERY, () -> ada.api().get("/users/" + ada.id()).status() == 200);
        Await.until("health tells that, too", RECOVERY, () -> system.anonymous().get("/health").status() == 200);
    }
}
