package dev.plinth.functions.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.RateLimits;
import dev.plinth.contract.RateLimitsTable;
import dev.plinth.contract.Route;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.FaultyHttp;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.functions.caller.Origin;
import dev.plinth.functions.logging.LogLines;
import dev.plinth.functions.metrics.Metrics;
import dev.plinth.functions.time.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The limiter on a table in DynamoDB Local, with a clock that moves when it is told to. */
class RateLimiterTest {
    private static final LocalTable TABLE = new LocalTable(RateLimitsTable.SCHEMA);
    private static final Instant MINUTE = Instant.parse("2026-03-01T12:00:00Z");

    /** So long that a busy machine decides nothing here. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Route GENERATE = Callers.route("POST /api/code-gen");
    private static final Route LIST = Callers.route("GET /orders");
    private static final Route SIGN_IN = Callers.route("POST /sessions");
    private static final int GENERATIONS = RateLimits.of(GENERATE);

    private final MovableClock clock = new MovableClock(MINUTE);
    private final FaultyHttp http = new FaultyHttp();
    private final RateLimiter limiter = limiter();
    private final Map<String, String> headers = new HashMap<>();

    private RateLimiter limiter() {
        return new RateLimiter(
                new DynamoRequestCounts(LocalTable.client(http), TABLE.name(), PATIENCE), new Metrics(), clock);
    }

    @BeforeEach
    void empty() {
        TABLE.empty();
        // Counts what is sent, and lets it pass.
        http.fail("UpdateItem", FaultyHttp.Fault.BROKEN, 0);
    }

    @Test
    void admitsTheLimitOfARouteAndNotOneMore() {
        Origin caller = Callers.somebody();

        assertThat(admitted(limiter, caller, GENERATE, GENERATIONS)).isEqualTo(GENERATIONS);

        clock.advance(Duration.ofMillis(20_500));
        Failure refusal = refusal(limiter, caller, GENERATE);
        assertThat(refusal.kind()).isEqualTo(Kind.TOO_MANY);
        assertThat(refusal.detail()).contains("20 requests of POST /api/code-gen");
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(40));
        assertThat(headers).containsEntry("ratelimit-policy", "\"caller\";q=1200;w=60, \"route\";q=20;w=60")
                .containsEntry("ratelimit", "\"caller\";r=1180;t=40, \"route\";r=0;t=40");
    }

    @Test
    void admitsTheLimitOfACallerOnAllRoutesTogether() {
        Origin caller = Callers.somebody();
        seed(caller, RateLimits.OF_CALLER - 2, Map.of());

        assertThat(admitted(limiter, caller, LIST, 1)).isEqualTo(1);
        assertThat(admitted(limiter, caller, GENERATE, 1)).isEqualTo(1);
        Failure refusal = refusal(limiter, caller, LIST);

        assertThat(refusal.detail()).contains("1200 requests in this minute");
        assertThat(headers.get("ratelimit")).isEqualTo("\"caller\";r=0;t=60, \"route\";r=599;t=60");
        assertThat(refusal(limiter, caller, GENERATE)).hasMessageContaining("1200 requests in this minute");
        assertThat(headers.get("ratelimit")).isEqualTo("\"caller\";r=0;t=60");
    }

    @Test
    void tellsWhatIsLeftOfBothLimits() {
        Origin caller = Callers.somebody();

        limiter.admit(caller, LIST, headers::put);
        limiter.admit(caller, GENERATE, headers::put);
        assertThat(headers.get("ratelimit")).isEqualTo("\"caller\";r=1198;t=60, \"route\";r=19;t=60");

        clock.advance(Duration.ofSeconds(59));
        limiter.admit(caller, LIST, headers::put);
        assertThat(headers.get("ratelimit")).isEqualTo("\"caller\";r=1197;t=1, \"route\";r=598;t=1");
    }

    @Test
    void beginsAnewWithEachWindowAndNotBefore() {
        Origin caller = Callers.somebody();
        admitted(limiter, caller, GENERATE, GENERATIONS);

        clock.advance(RateLimits.WINDOW.minusMillis(1));
        assertThat(refusal(limiter, caller, GENERATE).retryAfter()).contains(Duration.ofSeconds(1));
        clock.advance(Duration.ofMillis(1));

        assertThat(admitted(limiter, caller, GENERATE, GENERATIONS + 1)).isEqualTo(GENERATIONS);
    }

    @Test
    void sharesTheCountWithOtherProcesses() {
        Origin caller = Callers.somebody();
        RateLimiter other = limiter();

        assertThat(admitted(limiter, caller, GENERATE, GENERATIONS - 1)).isEqualTo(GENERATIONS - 1);
        assertThat(admitted(other, caller, GENERATE, 5)).isEqualTo(1);
        assertThat(admitted(limiter, caller, GENERATE, 1)).isZero();
    }

    @Test
    void countsEachUserForThemselves() {
        admitted(limiter, Callers.somebody(), GENERATE, GENERATIONS + 1);

        assertThat(admitted(limiter, Callers.somebody(), GENERATE, 1)).isEqualTo(1);
    }

    @Test
    void countsAUserWhereverTheyCallFrom() {
        UUID user = UUID.randomUUID();
        admitted(limiter, Callers.user(user), GENERATE, GENERATIONS);

        Origin elsewhere = new Origin(Callers.user(user).caller(), Callers.address("203.0.113.9").client());
        assertThat(admitted(limiter, elsewhere, GENERATE, 1)).isZero();
    }

    @Test
    void countsWhoIsNotSignedInByAddress() {
        seed(Callers.address("192.0.2.7"), 119, Map.of(SIGN_IN, 119));

        assertThat(admitted(limiter, Callers.address("192.0.2.7"), SIGN_IN, 2)).isEqualTo(1);
        assertThat(admitted(limiter, Callers.address("192.0.2.8"), SIGN_IN, 1)).isEqualTo(1);
        assertThat(refusal(limiter, Callers.address("192.0.2.7"), SIGN_IN).detail()).doesNotContain("192.0.2.7");
    }

    @Test
    void takesTheAddressesOfOneNetworkOfIpv6ForOneCaller() {
        assertThat(CallerKey.of(Callers.address("2001:db8:1:2::1")))
                .isEqualTo(CallerKey.of(Callers.address("2001:DB8:1:2:ffff:ffff:ffff:ffff")))
                .isEqualTo("ADDRESS#20010db800010002/64")
                .isNotEqualTo(CallerKey.of(Callers.address("2001:db8:1:3::1")));
        assertThat(CallerKey.of(Callers.address("192.0.2.1"))).isEqualTo("ADDRESS#192.0.2.1");
        assertThat(CallerKey.of(Callers.address("::ffff:192.0.2.1"))).isEqualTo("ADDRESS#::ffff:192.0.2.1");
        assertThat(CallerKey.of(Callers.address("not:an:address"))).isEqualTo("ADDRESS#not:an:address");
    }

    @Test
    void countsEachRouteForItself() {
        Origin caller = Callers.somebody();
        admitted(limiter, caller, GENERATE, GENERATIONS + 1);

        assertThat(admitted(limiter, caller, LIST, 1)).isEqualTo(1);
    }

    @Test
    void countsNoRequestThatItRefuses() {
        Origin caller = Callers.somebody();
        // Each process is new, and so remembers nothing and asks the table.
        admitted(limiter, caller, GENERATE, GENERATIONS);
        for (int i = 0; i < 5; i++) {
            assertThat(admitted(limiter(), caller, GENERATE, 1)).isZero();
        }

        limiter.admit(caller, LIST, headers::put);
        assertThat(headers.get("ratelimit")).startsWith("\"caller\";r=1179;");
        assertThat(counted(caller, GENERATE)).isEqualTo(GENERATIONS);
    }

    @Test
    void asksTheTableOnceForARequestAndNotAgainForWhoWasRefused() {
        Origin caller = Callers.somebody();

        admitted(limiter, caller, GENERATE, GENERATIONS);
        assertThat(http.sent()).isEqualTo(GENERATIONS);

        admitted(limiter, caller, GENERATE, 100);
        assertThat(http.sent()).as("one more, for the refusal that this process did not know yet")
                .isEqualTo(GENERATIONS + 1);

        clock.advance(RateLimits.WINDOW);
        assertThat(admitted(limiter, caller, GENERATE, 1)).isEqualTo(1);
    }

    @Test
    void admitsTheLimitExactlyToThreadsThatRace() throws Exception {
        Origin caller = Callers.somebody();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> racing = IntStream.range(0, 8)
                    .mapToObj(i -> i % 2 == 0 ? limiter : limiter())
                    .map(each -> threads.submit(() -> admitted(each, caller, GENERATE, 10)))
                    .toList();
            int admitted = 0;
            for (Future<Integer> thread : racing) {
                admitted += thread.get();
            }

            assertThat(admitted).isEqualTo(GENERATIONS);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void countsRefusalsInAMetric() {
        Origin caller = Callers.somebody();
        admitted(limiter, caller, GENERATE, GENERATIONS);

        assertThat(LogLines.texts(() -> admitted(limiter, caller, GENERATE, 3)))
                .filteredOn(line -> line.contains("\"metric\":\"RequestsLimited\"")).hasSize(3);
    }

    @Test
    void letsItemsExpireSomeTimeAfterTheirWindow() {
        limiter.admit(Callers.somebody(), LIST, headers::put);

        assertThat(TABLE.items()).singleElement().satisfies(item ->
                assertThat(Long.parseLong(item.get(RateLimitsTable.EXPIRES_AT).n()))
                        .isEqualTo(MINUTE.plusSeconds(120).getEpochSecond()));
    }

    @Test
    void writesNothingWhenItIsPrimed() {
        limiter.prime();

        assertThat(http.sent()).isEqualTo(1);
        assertThat(TABLE.items()).isEmpty();
    }

    /**
     * DynamoDB Developer Guide, "DynamoDB item sizes and formats": names, texts, and up to a byte for two digits and
     * one.
     */
    @Test
    void keepsTheItemOfACallerOfEveryRouteBelowTheKilobyteOfOneWriteUnit() {
        assertThat(Callers.ROUTES).extracting(DynamoRequestCounts::attribute).doesNotHaveDuplicates()
                .doesNotContain(DynamoRequestCounts.ALL, RateLimitsTable.EXPIRES_AT, RateLimitsTable.CALLER_WINDOW);
        int counts = Callers.ROUTES.stream()
                .mapToInt(route -> DynamoRequestCounts.attribute(route).length() + 3).sum();
        int key = RateLimitsTable.CALLER_WINDOW.length() + "USER#".length() + 36 + "#29538480".length();
        int rest = RateLimitsTable.EXPIRES_AT.length() + 6 + DynamoRequestCounts.ALL.length() + 3;

        assertThat(counts + key + rest).isLessThan(1024);
    }

    /** Returns how many of some requests were admitted. */
    private int admitted(RateLimiter asked, Origin caller, Route route, int requests) {
        int admitted = 0;
        for (int i = 0; i < requests; i++) {
            try {
                asked.admit(caller, route, (name, value) -> { });
                admitted++;
            } catch (Failure refused) {
                assertThat(refused.kind()).isEqualTo(Kind.TOO_MANY);
            }
        }
        return admitted;
    }

    private Failure refusal(RateLimiter asked, Origin caller, Route route) {
        headers.clear();
        try {
            asked.admit(caller, route, headers::put);
        } catch (Failure refused) {
            return refused;
        }
        throw new AssertionError("The request was admitted");
    }

    private void seed(Origin caller, int all, Map<Route, Integer> onRoutes) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(RateLimitsTable.CALLER_WINDOW, AttributeValue.fromS(
                CallerKey.of(caller) + "#" + Window.at(clock.instant()).number()));
        item.put(DynamoRequestCounts.ALL, AttributeValue.fromN(Integer.toString(all)));
        onRoutes.forEach((route, count) -> item.put(DynamoRequestCounts.attribute(route),
                AttributeValue.fromN(count.toString())));
        TABLE.dynamo().putItem(request -> request.tableName(TABLE.name()).item(item));
    }

    private int counted(Origin caller, Route route) {
        String key = CallerKey.of(caller) + "#" + Window.at(clock.instant()).number();
        return TABLE.items().stream()
                .filter(item -> item.get(RateLimitsTable.CALLER_WINDOW).s().equals(key))
                .map(item -> Integer.parseInt(item.get(DynamoRequestCounts.attribute(route)).n()))
                .findFirst().orElseThrow();
    }
}
