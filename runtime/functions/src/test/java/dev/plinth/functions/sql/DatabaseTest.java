package dev.plinth.functions.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plinth.contract.Service;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.Await;
import io.micronaut.context.ApplicationContext;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private static final LocalPostgres POSTGRES = new LocalPostgres();

    private final TcpGate gate = new TcpGate(LocalPostgres.port());
    private final Database database = POSTGRES.database("postgres", gate.port());

    @BeforeEach
    void emptyTable() {
        POSTGRES.run("DROP TABLE IF EXISTS things; CREATE TABLE things (id int PRIMARY KEY, note text)");
    }

    @AfterEach
    void close() {
        database.close();
        gate.close();
    }

    @Test
    void keepsWhatATransactionCommits() {
        int count = database.inTransaction(connection -> {
            insert(connection, 1);
            return insert(connection, 2);
        });

        assertThat(count).isEqualTo(1);
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void keepsNothingOfATransactionThatThrows() {
        Failure refused = new Failure(Kind.CONFLICT, "no");

        assertThatThrownBy(() -> database.inTransaction(connection -> {
            insert(connection, 1);
            throw refused;
        })).isSameAs(refused);
        assertThat(ids()).isEmpty();
        assertThat(database.<Integer>call(connection -> insert(connection, 2))).isEqualTo(1);
        assertThat(ids()).as("the next user of the connection has no transaction open").containsExactly("2");
    }

    @Test
    void tellsNothingOfValuesInAnUnexpectedError() {
        database.call(connection -> insert(connection, 1));

        DatabaseException failed = catchThrowableOfType(DatabaseException.class,
                () -> database.call(connection -> insert(connection, 1)));

        assertThat(failed.state()).isEqualTo("23505");
        assertThat(failed).hasMessage("PostgreSQL refused a statement with SQLSTATE 23505");
        assertThat(failed.getCause().getMessage()).doesNotContain("(1)");
    }

    @Test
    void runsTransactionsAnewThatMetEachOther() throws Exception {
        POSTGRES.run("INSERT INTO things VALUES (1, ''), (2, '')");
        AtomicInteger runs = new AtomicInteger();
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        CountDownLatch oneIsThrough = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Database other = POSTGRES.database("postgres")) {
            Future<?> forwards = threads.submit(() -> {
                appendTo(database, List.of(1, 2), "a", runs, bothHoldOne, oneIsThrough);
                oneIsThrough.countDown();
            });
            Future<?> backwards = threads.submit(() -> {
                appendTo(other, List.of(2, 1), "b", runs, bothHoldOne, oneIsThrough);
                oneIsThrough.countDown();
            });
            forwards.get();
            backwards.get();
        } finally {
            threads.shutdownNow();
        }

        assertThat(runs).as("a deadlock, and one more run").hasValue(3);
        assertThat(POSTGRES.query("SELECT length(note) FROM things")).containsExactly(List.of("2"), List.of("2"));
    }

    private static void appendTo(Database where, List<Integer> ids, String letter, AtomicInteger runs,
            CyclicBarrier bothHoldOne, CountDownLatch oneIsThrough) {
        where.inTransaction(connection -> {
            boolean first = runs.incrementAndGet() <= 2;
            if (!first) {
                // Otherwise it could take its row again before the one who waits for it wakes up, and meet it again.
                await(oneIsThrough::await);
            }
            append(connection, ids.get(0), letter);
            if (first) {
                await(bothHoldOne::await);
            }
            append(connection, ids.get(1), letter);
            return null;
        });
    }

    private interface Waiting {
        void run() throws Exception;
    }

    private static void await(Waiting waiting) {
        try {
            waiting.run();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    void opensNoConnectionBeforeItIsNeededAndTwoAtMost() throws Exception {
        assertThat(database.openConnections()).isZero();

        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> calls = threads.invokeAll(IntStream.range(0, 40)
                    .<Callable<Integer>>mapToObj(id -> () -> database.call(c -> insert(c, id)))
                    .toList());
            for (Future<Integer> call : calls) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(database.openConnections()).isBetween(1, 2);
        assertThat(ids()).hasSize(40);
    }

    @Test
    void replacesAConnectionThatTheServerClosed() {
        database.call(connection -> insert(connection, 1));

        gate.shut();
        gate.open();

        // The pool checks what has not been used for half a second; sooner, a caller may meet the broken connection.
        Await.until(() -> {
            try {
                return database.<Integer>call(connection -> insert(connection, 2)) == 1;
            } catch (Failure unavailable) {
                return false;
            }
        });
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void refusesAtOnceWhileTheServerIsDownAndGoesOnWhenItIsBack() {
        gate.shut();
        Failure first = catchThrowableOfType(Failure.class, () -> database.call(connection -> insert(connection, 1)));
        Instant start = Instant.now();
        Failure second = catchThrowableOfType(Failure.class, () -> database.call(connection -> insert(connection, 1)));
        Duration refused = Duration.between(start, Instant.now());

        assertThat(first.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(second.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(second).as("nothing was tried").hasNoCause();
        assertThat(refused).isLessThan(Duration.ofMillis(200));
        assertThat(second.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));

        gate.open();
        Await.until(() -> {
            try {
                return database.<Integer>call(connection -> insert(connection, 1)) == 1;
            } catch (Failure unavailable) {
                return false;
            }
        });
    }

    @Test
    void refusesWithinTwoSecondsWhenTheServerNeverAnswers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Database unanswered = POSTGRES.database("postgres", silent.getLocalPort())) {
            Instant start = Instant.now();

            assertThatThrownBy(() -> unanswered.call(connection -> 1)).isInstanceOf(Failure.class);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void hasNoConnectionInASnapshotAndFreshOnesAfterIt() {
        database.call(connection -> insert(connection, 1));
        gate.shut();
        for (int i = 0; i < 2; i++) { // The first may have met the broken connection; the second could get none.
            catchThrowableOfType(Failure.class, () -> database.call(connection -> insert(connection, 2)));
        }

        database.beforeCheckpoint(null);
        assertThat(database.openConnections()).isZero();
        gate.open();
        database.afterRestore(null);

        assertThat(database.<Integer>call(connection -> insert(connection, 2)))
                .as("what the snapshot knew of the server is forgotten").isEqualTo(1);
    }

    @Test
    void isThereForServicesThatHaveItsSettings() {
        for (Service service : Service.values()) {
            Map<String, Object> settings = new HashMap<>();
            service.settings().forEach(setting -> settings.put(setting.property(), "1"));
            try (ApplicationContext context = ApplicationContext.builder(service.environment())
                    .deduceEnvironment(false).properties(settings).start()) {
                assertThat(context.containsBean(Database.class)).as(service.name()).isEqualTo(service.usesDatabase());
                assertThat(context.containsBean(DatabaseCheck.class)).as(service.name())
                        .isEqualTo(service.usesDatabase());
            }
        }
    }

    private static int insert(Connection connection, int id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO things (id) VALUES (?)")) {
            statement.setInt(1, id);
            return statement.executeUpdate();
        }
    }

    private static void append(Connection connection, int id, String letter) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE things SET note = note || ? WHERE id = ?")) {
            statement.setString(1, letter);
            statement.setInt(2, id);
            statement.executeUpdate();
        }
    }

    private static List<String> ids() {
        return POSTGRES.query("SELECT id FROM things ORDER BY id").stream().map(row -> row.get(0)).toList();
    }
}
