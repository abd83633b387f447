package dev.plinth.functions.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.contract.RateLimitsTable;
import dev.plinth.failure.Failure;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.Await;
import dev.plinth.functions.aws.FaultyHttp;
import dev.plinth.functions.aws.FaultyHttp.Fault;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.functions.logging.LogLines;
import dev.plinth.functions.metrics.Metrics;
import dev.plinth.functions.sql.TcpGate;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens while nobody can count: reads pass, writes do not, and neither waits long. */
class LimitsOutageTest {
    @Test
    void letsReadsThroughAndRefusesWritesWhenTheTableIsGone() {
        try (LimitedFunction function =
                new LimitedFunction(EndlessCounts.AS_IN_PRODUCTION, LocalTable.endpoint(), "no-such-table")) {
            assertOutage(function);
        }
    }

    @Test
    void letsReadsThroughAndRefusesWritesWhenTheTableCannotBeReached() {
        // Port 1 is reserved and refuses.
        try (LimitedFunction function =
                new LimitedFunction(EndlessCounts.AS_IN_PRODUCTION, URI.create("http://127.0.0.1:1"))) {
            assertOutage(function);
        }
    }

    @Test
    void waitsOnlyAFewTimesForATableThatDoesNotAnswer() throws Exception {
        // It takes connections, and says nothing.
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                LimitedFunction function = new LimitedFunction(EndlessCounts.AS_IN_PRODUCTION,
                        URI.create("http://127.0.0.1:" + silent.getLocalPort()))) {
            read(function);
            long started = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                assertThat(read(function).status()).isEqualTo(200);
            }
            Answer write = write(function);

            // Two more waits of a quarter of a second; ten would be two and a half seconds.
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofMillis(1500));
            assertThat(write.status()).isEqualTo(503);
            assertThat(write.header("retry-after")).isIn("1", "2");
        }
    }

    @Test
    void countsAgainSoonAfterTheTableIsBack() {
        try (TcpGate gate = new TcpGate(LocalTable.endpoint().getPort());
                LimitedFunction function = new LimitedFunction(EndlessCounts.AS_IN_PRODUCTION,
                        URI.create("http://127.0.0.1:" + gate.port()))) {
            gate.shut();
            for (int i = 0; i < 5; i++) {
                assertThat(read(function).header("ratelimit")).isNull();
            }

            gate.open();

            Await.until(() -> read(function).header("ratelimit") != null);
            Await.until(() -> write(function).status() == 400);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"THROTTLED", "BROKEN", "DENIED"})
    void keepsAskingATableThatAnswersAtOnceThatItDoesNotCount(Fault fault) {
        FaultyHttp http = new FaultyHttp();
        LocalTable table = new LocalTable(RateLimitsTable.SCHEMA);
        RateLimiter limiter = new RateLimiter(
                new DynamoRequestCounts(LocalTable.client(http), table.name(), Duration.ofSeconds(10)),
                new Metrics(), Clock.systemUTC());
        Map<String, String> headers = new HashMap<>();
        http.fail("UpdateItem", fault, Integer.MAX_VALUE);

        for (int i = 0; i < 5; i++) {
            limiter.admit(Callers.somebody(), Callers.route("GET /orders"), headers::put);
            assertThatThrownBy(() -> limiter.admit(Callers.somebody(), Callers.route("POST /orders"), headers::put))
                    .isInstanceOfSatisfying(Failure.class,
                            failure -> assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1)));
        }
        assertThat(headers).containsOnlyKeys("ratelimit-policy");

        http.recover();
        limiter.admit(Callers.somebody(), Callers.route("POST /orders"), headers::put);
        assertThat(headers).containsKey("ratelimit");
    }

    @Test
    void countsARequestAlsoWhenTheAnswerIsLost() {
        FaultyHttp http = new FaultyHttp();
        LocalTable table = new LocalTable(RateLimitsTable.SCHEMA);
        RequestCounts counts = new DynamoRequestCounts(LocalTable.client(http), table.name(), Duration.ofSeconds(10));
        Window window = Window.at(Clock.systemUTC().instant());
        http.fail("UpdateItem", Fault.ANSWER_LOST, 1);

        RequestCounts.Count count = counts.add("USER#x", window, Callers.route("POST /orders"));

        assertThat(count.onRoute()).as("the one whose answer was lost counts as well").isEqualTo(2);
    }

    private static void assertOutage(LimitedFunction function) {
        List<String> lines = LogLines.texts(() -> {
            Answer read = read(function);
            assertThat(read.status()).isEqualTo(200);
            assertThat(read.header("ratelimit-policy")).isNotNull();
            assertThat(read.header("ratelimit")).as("what is left, which nobody knows").isNull();
            for (int i = 0; i < 4; i++) {
                Answer write = write(function);
                assertThat(write.status()).isEqualTo(503);
                assertThat(write.json().get("type").getStringValue()).isEqualTo("urn:plinth:problem:unavailable");
                assertThat(write.header("retry-after")).isIn("1", "2");
                assertThat(write.text()).doesNotContain("127.0.0.1", "Connect", "dynamo", "table");
            }
            assertThat(read(function).status()).isEqualTo(200);
        });

        assertThat(lines).filteredOn(line -> line.contains("\"metric\":\"RequestsUncounted\"")).hasSize(6);
    }

    private static Answer read(LimitedFunction function) {
        return function.send(ApiCall.of("GET", "/openapi.yml"));
    }

    private static Answer write(LimitedFunction function) {
        return function.send(ApiCall.of("POST", "/orders").asCustomer(UUID.randomUUID()).json("{}"));
    }
}
