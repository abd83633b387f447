package dev.plinth.todos;

import static dev.plinth.todos.TodoExamples.DETAILS;
import static dev.plinth.todos.TodoExamples.NOON;
import static dev.plinth.todos.TodoExamples.due;
import static dev.plinth.todos.TodoExamples.moved;
import static dev.plinth.todos.TodoExamples.todo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.TodosTable;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.EventFunction;
import dev.plinth.functions.Invocation;
import dev.plinth.functions.aws.FaultyHttp;
import dev.plinth.functions.aws.FaultyHttp.Fault;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.functions.event.TimeLeft;
import dev.plinth.functions.idempotency.KeyUse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What becomes of a user's todos when the user is gone, also when the worker is killed at any step. */
class UserRemovalTest {

    private static final LocalTodosTable TABLE = new LocalTodosTable();

    /** A tombstone, batches of 25, 25 and 12 with a query before each, and the query that finds nothing more. */
    private static final int THINGS = 62;
    private static final int REQUESTS = 1 + 2 * 3 + 1;

    /** What Lambda and infra/local say by environment variables, which a test cannot set. */
    private static Properties before;
    private static EventFunction function;

    private final FaultyHttp http = new FaultyHttp();
    private final TimeLeft timeLeft = new TimeLeft();
    private final Partitions partitions = new Partitions(
            LocalTable.client(http), TABLE.tableName(), Clock.fixed(NOON, ZoneOffset.UTC), timeLeft);
    private final Todos todos = new DynamoTodos(TABLE.dynamo(), TABLE.tableName());
    private final UUID user = UUID.randomUUID();

    @BeforeAll
    static void start() {
        before = (Properties) System.getProperties().clone();
        System.setProperty("aws.endpointUrl", LocalTable.endpoint().toString());
        System.setProperty("aws.region", "eu-central-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        function = new EventFunction(Map.of(
                Service.ENVIRONMENT_VARIABLE, Service.TODOS_WORKER.environment(),
                Setting.TODOS_TABLE_NAME.variable(), TABLE.name()));
    }

    @AfterAll
    static void stop() {
        function.close();
        System.setProperties(before);
    }

    @Test
    void removesEverythingOfTheUserAndNothingOfOthers() {
        UUID other = UUID.randomUUID();
        todos.add(todo(other, DETAILS));
        fill();
        partitions.remove(user);
        assertRemoved();
        assertThat(TABLE.things(other)).hasSize(1);
        assertThat(TABLE.figures(other).open()).isEqualTo(1);
    }

    @Test
    void leavesATombstoneForADay() {
        fill();
        partitions.remove(user);
        assertThat(TABLE.figuresItem(user)).containsOnlyKeys(
                TodosTable.PK, TodosTable.SK, TodoItems.REMOVED, TodosTable.EXPIRES_AT);
        assertThat(TABLE.figuresItem(user).get(TodosTable.EXPIRES_AT))
                .isEqualTo(TodoItems.seconds(NOON.plus(Duration.ofDays(1))));
    }

    @Test
    void removesAUserWhoHasNothingAndOneWhoIsRemovedAlready() {
        partitions.remove(user);
        partitions.remove(user);
        assertRemoved();
    }

    @Test
    void takesTheRequestsThatTheKillsCount() {
        fill();
        http.interrupt("*", 0, () -> { });
        partitions.remove(user);
        assertThat(http.sent()).isEqualTo(REQUESTS);
    }

    @Test
    void completesARemovalThatWasKilledAtAnyStep() {
        for (int step = 1; step <= REQUESTS; step++) {
            UUID killed = UUID.randomUUID();
            fill(killed);
            // DENIED is not repeated by the SDK, so nothing happens after the step, as when the process is gone.
            http.failFrom(step, Fault.DENIED);
            assertThatThrownBy(() -> partitions.remove(killed)).as("step " + step)
                    .isInstanceOf(DynamoDbException.class);
            http.recover();
            partitions.remove(killed);
            assertThat(TABLE.things(killed)).as("step " + step).isEmpty();
            assertThat(TodoItems.isRemoved(TABLE.figuresItem(killed))).isTrue();
        }
    }

    @Test
    void completesARemovalThatIsKilledAtEachStepOfEachDelivery() {
        fill();
        int deliveries = 0;
        for (boolean done = false; !done; deliveries++) {
            assertThat(deliveries).isLessThan(10);
            // The tombstone, a query and a batch; then the process is gone.
            http.failFrom(4, Fault.DENIED);
            try {
                partitions.remove(user);
                done = true;
            } catch (DynamoDbException killed) {
                http.recover();
            }
        }
        assertThat(deliveries).isEqualTo(4);
        assertRemoved();
    }

    @Test
    void isUnavailableWhileTheTableIs() {
        fill();
        for (String operation : List.of("PutItem", "Query", "BatchWriteItem")) {
            http.fail(operation, Fault.UNREACHABLE, Integer.MAX_VALUE);
            assertThatThrownBy(() -> partitions.remove(user)).as(operation).isInstanceOfSatisfying(Failure.class,
                    failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE));
            http.recover();
        }
        partitions.remove(user);
        assertRemoved();
    }

    @Test
    void stopsWhenTimeIsShortAndGoesOnAtTheNextDelivery() {
        fill();
        int deliveries = 1;
        while (!timeLeft.during(() -> 2_999, this::isRemoved)) {
            deliveries++;
            assertThat(deliveries).isLessThan(10);
        }
        assertThat(deliveries).as("a batch each, since each begins with one").isEqualTo(3);
        assertRemoved();
    }

    @Test
    void lastsAgainstWritersWhoDoNotStop() throws Exception {
        int writers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        CountDownLatch writing = new CountDownLatch(writers);
        AtomicInteger written = new AtomicInteger();
        try {
            List<Future<Kind>> ends = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                ends.add(threads.submit(() -> writeUntilRefused(written, writing)));
            }
            writing.await();
            partitions.remove(user);
            for (Future<Kind> end : ends) {
                assertThat(end.get()).isEqualTo(Kind.NOT_FOUND);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(written.get()).isGreaterThanOrEqualTo(writers);
        assertRemoved();
    }

    @Test
    void handlesTheEventAsTheOutboxSendsIt() {
        fill();
        assertThat(Invocation.ofMessages(event("user-removed", user.toString())).failures(function)).isEmpty();
        assertRemoved();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"type\": \"user-removed\"}", "{\"type\": \"user-removed\", \"userId\": \"x\"}",
            "{\"type\": \"user-removed\", \"userId\": 7}", "{\"userId\": \"7d9f4a38-5f0e-4c3c-9a55-0a1f6f0d2b11\"}"})
    void givesBackAnEventThatItCannotRead(String event) {
        assertThat(Invocation.ofMessages(event).failures(function)).containsExactly("message-0");
    }

    @Test
    void givesBackAnEventOfAnotherTypeAndRemovesNothing() {
        fill();
        assertThat(Invocation.ofMessages(event("verification-code-requested", user.toString())).failures(function))
                .containsExactly("message-0");
        assertThat(TABLE.things(user)).hasSize(THINGS);
    }

    private boolean isRemoved() {
        try {
            partitions.remove(user);
            return true;
        } catch (Failure unfinished) {
            assertThat(unfinished.kind()).isEqualTo(Kind.UNAVAILABLE);
            return false;
        }
    }

    private Kind writeUntilRefused(AtomicInteger written, CountDownLatch writing) {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
        boolean first = true;
        while (Instant.now().isBefore(deadline)) {
            try {
                todos.add(todo(user, DETAILS));
                written.incrementAndGet();
                if (first) {
                    writing.countDown();
                    first = false;
                }
            } catch (Failure refused) {
                if (refused.kind() != Kind.UNAVAILABLE) {
                    return refused.kind();
                }
            }
        }
        throw new AssertionError("The writer was not refused within a minute.");
    }

    private void fill() {
        fill(user);
    }

    /** Todos of every status, and a used key with the todo that it created. */
    private void fill(UUID owner) {
        for (int i = 0; i < THINGS / 2 - 1; i++) {
            todos.add(todo(owner, due(NOON.plusSeconds(i))));
            Todo open = todo(owner, DETAILS);
            todos.add(open);
            todos.replace(open, moved(open, i % 2 == 0 ? TodoStatus.DONE : TodoStatus.ARCHIVED, NOON));
        }
        todos.addOnce(new KeyUse<>("key", "fingerprint", todo(owner, DETAILS), NOON));
        assertThat(TABLE.things(owner)).hasSize(THINGS);
    }

    private void assertRemoved() {
        assertThat(TABLE.things(user)).isEmpty();
        assertThat(TodoItems.isRemoved(TABLE.figuresItem(user))).isTrue();
    }

    private static String event(String type, String userId) {
        return "{\"id\": \"0195c6f4-3d80-7c3c-9a55-0a1f6f0d2b11\", \"type\": \"" + type + "\", \"userId\": \"" + userId
                + "\", \"at\": \"2026-03-01T12:00:00.000Z\"}";
    }
}
