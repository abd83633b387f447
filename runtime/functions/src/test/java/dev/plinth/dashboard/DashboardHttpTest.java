package dev.plinth.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Role;
import dev.plinth.functions.ApiCall;
import dev.plinth.functions.ApiCall.Answer;
import dev.plinth.functions.sql.TcpGate;
import io.micronaut.json.tree.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.crac.Core;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users get of both databases, and what becomes of it when one of them is down, on real engines. */
class DashboardHttpTest {

    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    private static DashboardFunction function;

    @BeforeAll
    static void start() {
        function = new DashboardFunction();
    }

    @AfterAll
    static void stop() {
        function.close();
    }

    @Test
    void showsTheProfileAndTheFiguresInOneAnswer() {
        UUID ada = function.user("Ada \u00c5ngstr\u00f6m", "Ada@Example.org");
        Instant now = Instant.now();
        List<String> ids = IntStream.rangeClosed(1, 7).mapToObj(hours ->
                create(ada, "later " + hours, now.plus(Duration.ofHours(hours * 5)))).toList();
        String late = create(ada, "late", now.minusSeconds(60));
        create(ada, "whenever", null);
        set(ada, create(ada, "done", now.minusSeconds(90)), "DONE");
        set(ada, create(ada, "put away", null), "ARCHIVED");
        set(ada, create(ada, "put away, too", null), "ARCHIVED");

        Answer answer = function.show(ada);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        JsonNode user = answer.json().get("user");
        assertThat(user.get("id").getStringValue()).isEqualTo(ada.toString());
        assertThat(user.get("name").getStringValue()).isEqualTo("Ada \u00c5ngstr\u00f6m");
        assertThat(user.get("email").getStringValue()).isEqualTo("Ada@Example.org");
        assertThat(user.get("role").getStringValue()).isEqualTo("CUSTOMER");
        assertThat(user.get("memberSince").getStringValue()).isEqualTo("2026-01-31T12:00:00.123Z");
        assertThat(user.size()).as("nothing else of the user").isEqualTo(5);
        JsonNode todos = answer.json().get("todos");
        assertThat(todos.get("open").getIntValue()).isEqualTo(9);
        assertThat(todos.get("done").getIntValue()).isEqualTo(1);
        assertThat(todos.get("archived").getIntValue()).isEqualTo(2);
        assertCount(todos.get("overdue"), 1, false);
        assertCount(todos.get("dueSoon"), 4, false);
        List<String> next = new ArrayList<>();
        todos.get("next").values().forEach(due -> next.add(due.get("id").getStringValue()));
        assertThat(next).containsExactly(late, ids.get(0), ids.get(1), ids.get(2), ids.get(3));
        assertThat(todos.get("next").get(0).get("title").getStringValue()).isEqualTo("late");
    }

    @Test
    void showsZerosToAUserWithoutTodos() {
        JsonNode todos = function.show(function.user("New", "new@example.org")).json().get("todos");
        assertThat(todos.get("open").getIntValue()).isZero();
        assertCount(todos.get("overdue"), 0, false);
        assertThat(todos.get("next").size()).isZero();
    }

    @Test
    void countsWhatIsOverdueToAHundred() {
        UUID user = function.user("Late", "late@example.org");
        for (int i = 0; i < 100; i++) {
            create(user, "late", Instant.now().minusSeconds(60));
        }
        assertCount(function.show(user).json().get("todos").get("overdue"), 100, false);
        create(user, "later", Instant.now().minusSeconds(30));
        assertCount(function.show(user).json().get("todos").get("overdue"), 100, true);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void showsNobodyElsesWhateverTheRole(Role role) {
        UUID user = function.user("Own", role + "@example.org");
        Answer answer = ApiCall.of("GET", "/dashboard/" + user).as(UUID.randomUUID(), role).send(function.function());
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).doesNotContain("Own", "example.org");
    }

    @Test
    void showsNothingToAUserWhoIsGone() {
        assertThat(function.show(UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void letsNobodyInWithoutACaller() {
        assertThat(ApiCall.of("GET", "/dashboard/" + UUID.randomUUID()).send(function.function()).status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "%27%20OR%20%271%27=%271", "1-1-1-1-1"})
    void refusesAnIdThatIsNone(String id) {
        assertThat(ApiCall.of("GET", "/dashboard/" + id).asCustomer(UUID.randomUUID()).send(function.function())
                .status()).isEqualTo(400);
    }

    @Test
    void tellsEachDependencyByNameWithItsLatency() {
        Answer answer = healthy();
        JsonNode checks = answer.json().get("checks");
        assertThat(checks.size()).isEqualTo(3);
        for (String name : List.of("dynamodb", "postgresql", "redis")) {
            assertThat(checks.get(name).get("status").getStringValue()).isEqualTo("UP");
            assertThat(checks.get(name).get("latencyMs").getIntValue()).isNotNegative();
        }
    }

    @Test
    void refusesWhilePostgresIsDownAndRecoversByItself() {
        assertOutage("postgresql", function.postgresGate(), true);
    }

    @Test
    void refusesWhileDynamoIsDownAndRecoversByItself() {
        assertOutage("dynamodb", function.dynamoGate(), true);
    }

    @Test
    void showsTheDashboardWhileOnlyTheCacheIsDown() {
        assertOutage("redis", function.redisGate(), false);
    }

    @Test
    void rehearsesBeforeTheCheckpointAndServesAfterTheRestore() {
        UUID user = function.user("Restored", "restored@example.org");
        try (DashboardFunction own = new DashboardFunction()) {
            own.function().beforeCheckpoint(Core.getGlobalContext());
            own.function().afterRestore(Core.getGlobalContext());
            assertThat(own.show(own.user("Restored", "restored@example.org")).status()).isEqualTo(200);
        }
        assertThat(function.show(user).status()).isEqualTo(200);
    }

    private static void assertOutage(String name, TcpGate gate, boolean dashboardNeedsIt) {
        UUID user = function.user("Outage", "outage-" + name + "@example.org");
        healthy();
        gate.shut();
        try {
            Answer down = eventually(DashboardHttpTest::health, 503);
            down.json().get("checks").entries().forEach(check -> assertThat(check.getValue().get("status")
                    .getStringValue()).as(check.getKey()).isEqualTo(check.getKey().equals(name) ? "DOWN" : "UP"));
            Answer shown = function.show(user);
            assertThat(shown.status()).as(shown.text()).isEqualTo(dashboardNeedsIt ? 503 : 200);
            if (dashboardNeedsIt) {
                assertThat(Integer.parseInt(shown.header("retry-after"))).isBetween(1, 10);
                assertThat(shown.text()).contains("urn:plinth:problem:unavailable").doesNotContain("127.0.0.1");
            }
        } finally {
            gate.open();
        }
        healthy();
        eventually(() -> function.show(user), 200);
    }

    private static Answer healthy() {
        return eventually(DashboardHttpTest::health, 200);
    }

    private static Answer health() {
        return ApiCall.of("GET", "/health").send(function.function());
    }

    /** A report is told again for a second, and a breaker tries again after two. */
    private static Answer eventually(Supplier<Answer> request, int status) {
        Instant deadline = Instant.now().plus(RECOVERY);
        Answer answer = request.get();
        while (answer.status() != status && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(POLL.toNanos());
            answer = request.get();
        }
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer;
    }

    private static String create(UUID user, String title, Instant due) {
        String dueAt = due == null ? "null" : '"' + due.toString() + '"';
        Answer created = function.todo(user, "POST", "/users/" + user + "/todos",
                "{\"title\": \"" + title + "\", \"dueAt\": " + dueAt + "}");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json().get("id").getStringValue();
    }

    private static void set(UUID user, String id, String status) {
        assertThat(function.todo(user, "PUT", "/todos/" + id, "{\"title\": \"A\", \"status\": \"" + status + "\"}")
                .status()).isEqualTo(200);
    }

    private static void assertCount(JsonNode counted, int count, boolean orMore) {
        assertThat(counted.get("count").getIntValue()).isEqualTo(count);
        assertThat(counted.get("orMore").getBooleanValue()).isEqualTo(orMore);
    }
}
