package dev.plinth.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.contract.Service;
import dev.plinth.failure.Failure;
import dev.plinth.functions.Await;
import dev.plinth.functions.Beans;
import dev.plinth.functions.EventFunction;
import dev.plinth.functions.Invocation;
import dev.plinth.functions.aws.FakeAws;
import dev.plinth.functions.sql.Database;
import dev.plinth.functions.sql.LocalPostgres;
import io.micronaut.json.JsonMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events on their way from a transaction to the queues, killed at each step; on a real PostgreSQL. */
class OutboxTest {
    private static final Outbox OUTBOX = new Outbox(JsonMapper.createDefault(),
            Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC));

    private static LocalPostgres postgres;
    private static FakeQueues queues;
    private static FakeAws aws;
    private static EventFunction relay;
    private static Database identity;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.migrated();
        queues = new FakeQueues();
        aws = new FakeAws(queues);
        Map<String, String> variables = new HashMap<>(postgres.variables());
        variables.putAll(FakeQueues.VARIABLES);
        variables.put(Service.ENVIRONMENT_VARIABLE,
                Service.OUTBOX_RELAY.environment() + "," + LocalPostgres.ENVIRONMENT);
        relay = new EventFunction(variables);
        identity = postgres.database(Service.IDENTITY.databaseUser());
    }

    @AfterAll
    static void stop() {
        identity.close();
        relay.close();
        aws.close();
    }

    @BeforeEach
    void empty() {
        postgres.run("TRUNCATE outbox");
        queues.working();
        queues.forget();
    }

    @Test
    void sendsAnEventToEveryQueueOfItsTypeAndForgetsIt() {
        UUID user = UUID.randomUUID();
        write(EventType.USER_REMOVED, user);

        runRelay();

        String event = "{\"id\":\"[0-9a-f-]{36}\",\"type\":\"user-removed\",\"userId\":\"" + user
                + "\",\"at\":\"2026-03-01T12:00:00.000Z\"}";
        assertThat(queues.messages()).hasSize(3)
                .anyMatch(message -> message.matches("studio " + event.replace("{\"", "\\{\"")))
                .anyMatch(message -> message.matches("identity " + event.replace("{\"", "\\{\"")))
                .anyMatch(message -> message.matches("todos " + event.replace("{\"", "\\{\"")));
        assertThat(rows()).isZero();
    }

    @Test
    void sendsAllThatIsLeftInOneRun() {
        for (int i = 0; i < 25; i++) {
            write(EventType.VERIFICATION_CODE_REQUESTED, new UUID(0, i));
        }

        runRelay();

        assertThat(queues.messages()).hasSize(25).doesNotHaveDuplicates();
        assertThat(rows()).isZero();
    }

    @Test
    void stopsInGoodOrderWhenTimeIsShort() {
        for (int i = 0; i < 25; i++) {
            write(EventType.VERIFICATION_CODE_REQUESTED, new UUID(0, i));
        }

        Invocation.of("{}").millisLeft(() -> 9_000).send(relay);

        assertThat(queues.messages()).hasSize(10);
        assertThat(rows()).isEqualTo(15);
    }

    @Test
    void leavesNothingOfATransactionThatDiesBeforeItsCommit() {
        assertThatThrownBy(() -> identity.inTransaction(connection -> {
            OUTBOX.write(connection, EventType.USER_REMOVED, UUID.randomUUID());
            killConnectionsOf(Service.IDENTITY);
            return null;
        })).isInstanceOf(Failure.class);

        runRelay();
        assertThat(rows()).isZero();
        assertThat(queues.messages()).isEmpty();
    }

    @Test
    void sendsAgainWhatWasSentByARelayThatDiedBeforeItDeleted() {
        write(EventType.PASSWORD_RESET_REQUESTED, UUID.randomUUID());
        queues.beforeAnswer(() -> killConnectionsOf(Service.OUTBOX_RELAY));

        assertThatThrownBy(OutboxTest::runRelay).hasMessageContaining("failed");
        assertThat(rows()).as("not lost").isEqualTo(1);
        queues.working();
        // The pool of the process that lives on may hold another connection, which the next run finds dead as well.
        Await.until(OutboxTest::relayRuns);

        assertThat(queues.messages()).hasSize(2);
        assertThat(queues.messages().get(0)).as("one event, by its id").isEqualTo(queues.messages().get(1));
        assertThat(rows()).isZero();
    }

    @Test
    void keepsEventsWhileQueuesAreDownAndDelaysNone() {
        write(EventType.USER_REMOVED, UUID.randomUUID());
        queues.down();

        assertThatThrownBy(OutboxTest::runRelay).hasMessageContaining("failed");
        assertThat(rows()).isEqualTo(3);
        queues.working();
        runRelay();

        assertThat(queues.messages()).hasSize(3);
        assertThat(rows()).isZero();
    }

    @Test
    void letsNoRefusedEventHoldUpOthers() {
        UUID poison = new UUID(0, 666);
        write(EventType.VERIFICATION_CODE_REQUESTED, poison);
        for (int i = 0; i < 12; i++) {
            write(EventType.VERIFICATION_CODE_REQUESTED, new UUID(0, i));
        }
        queues.refusing(body -> body.contains(poison.toString()));

        runRelay();

        assertThat(queues.messages()).hasSize(12);
        assertThat(postgres.query("""
                SELECT attempts, next_attempt_at BETWEEN now() + interval '30 seconds' AND now() + interval '1 minute'
                FROM outbox""")).containsExactly(List.of("1", "t"));
        postgres.run("UPDATE outbox SET next_attempt_at = now(), attempts = 50");
        runRelay();
        assertThat(postgres.query("SELECT attempts, next_attempt_at <= now() + interval '1 hour' FROM outbox"))
                .as("never later than in an hour").containsExactly(List.of("51", "t"));
        queues.working();
        postgres.run("UPDATE outbox SET next_attempt_at = now()");
        runRelay();
        assertThat(rows()).isZero();
    }

    @Test
    void sendsOneByOneWhatComesWithAnEventThatSpoilsTheBatch() {
        UUID poison = new UUID(0, 666);
        for (int i = 0; i < 4; i++) {
            write(EventType.VERIFICATION_CODE_REQUESTED, i == 2 ? poison : new UUID(0, i));
        }
        queues.refusingBatchesWith(body -> body.contains(poison.toString()));

        runRelay();

        assertThat(queues.messages()).hasSize(3);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void sendsEachEventOnceWhenManyRelaysRunAtOnce() throws Exception {
        for (int i = 0; i < 60; i++) {
            write(EventType.VERIFICATION_CODE_REQUESTED, new UUID(0, i));
        }
        OutboxRelay shared = Beans.of(relay, OutboxRelay.class);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Integer>> runs = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                runs.add(shared::relay);
            }
            for (Future<Integer> run : threads.invokeAll(runs)) {
                run.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(queues.messages()).hasSize(60);
        assertThat(new HashSet<>(queues.messages())).hasSize(60);
    }

    private static void write(EventType type, UUID user) {
        identity.inTransaction(connection -> {
            OUTBOX.write(connection, type, user);
            return null;
        });
    }

    private static void runRelay() {
        Invocation.of("{}").send(relay);
    }

    private static boolean relayRuns() {
        try {
            runRelay();
            return true;
        } catch (RuntimeException failed) {
            return false;
        }
    }

    private static void killConnectionsOf(Service service) {
        postgres.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = '"
                + service.databaseUser() + "' AND datname = current_database()");
    }

    private static int rows() {
        return Integer.parseInt(postgres.query("SELECT count(*) FROM outbox").get(0).get(0));
    }
}
