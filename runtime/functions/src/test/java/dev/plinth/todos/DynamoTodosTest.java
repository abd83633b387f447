package dev.plinth.todos;

import static dev.plinth.todos.TodoExamples.DETAILS;
import static dev.plinth.todos.TodoExamples.NOON;
import static dev.plinth.todos.TodoExamples.due;
import static dev.plinth.todos.TodoExamples.moved;
import static dev.plinth.todos.TodoExamples.todo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.contract.TodosTable;
import dev.plinth.failure.Failure;
import dev.plinth.failure.Kind;
import dev.plinth.functions.aws.FaultyHttp;
import dev.plinth.functions.aws.FaultyHttp.Fault;
import dev.plinth.functions.aws.LocalTable;
import dev.plinth.functions.idempotency.KeyUse;
import dev.plinth.functions.paging.ListPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Todos and figures on DynamoDB Local, with several writers and with faults. */
class DynamoTodosTest {

    private static final LocalTodosTable TABLE = new LocalTodosTable();

    private final FaultyHttp http = new FaultyHttp();
    private final Todos todos = new DynamoTodos(LocalTable.client(http), TABLE.tableName());
    private final UUID user = UUID.randomUUID();

    @Test
    void keepsATodoAsItIs() {
        Todo full = todo(user, new TodoDetails(
                "Z\u00fcrich \ud83c\udf3f", Optional.of("a\nb"), Optional.of(NOON), Priority.HIGH));
        Todo archived = moved(full, TodoStatus.ARCHIVED, NOON);
        todos.add(full);
        assertThat(todos.find(user, full.id())).contains(full);
        assertThat(todos.replace(full, archived)).isTrue();
        assertThat(todos.find(user, full.id())).contains(archived);
        assertThat(todos.find(UUID.randomUUID(), full.id())).isEmpty();
    }

    @Test
    void keepsFiguresWithEveryWrite() {
        Todo first = added();
        Todo second = added();
        assertThat(TABLE.figures(user)).isEqualTo(new Figures(2, 0, Map.of(), 2));
        Todo done = moved(first, TodoStatus.DONE, NOON);
        assertThat(todos.replace(first, done)).isTrue();
        assertThat(TABLE.figures(user)).isEqualTo(new Figures(1, 1, Map.of(), 2));
        Todo archived = moved(done, TodoStatus.ARCHIVED, NOON);
        assertThat(todos.replace(done, archived)).isTrue();
        Instant expiry = archived.expiresAt().orElseThrow();
        assertThat(TABLE.figures(user)).isEqualTo(new Figures(1, 0, Map.of(expiry, 1L), 2));
        assertThat(todos.remove(second)).isTrue();
        assertThat(TABLE.figures(user)).isEqualTo(new Figures(0, 0, Map.of(expiry, 1L), 2));
        assertThat(todos.remove(archived)).isTrue();
        assertThat(TABLE.figures(user).archivedAt(NOON)).isZero();
        assertThat(TABLE.things(user)).isEmpty();
    }

    @Test
    void forgetsTheCountsOfExpiriesThatHavePassed() {
        Todo first = added();
        Todo second = added();
        Todo archived = moved(first, TodoStatus.ARCHIVED, NOON);
        todos.replace(first, archived);
        Instant later = NOON.plus(Duration.ofDays(40));
        todos.replace(second, moved(second, TodoStatus.ARCHIVED, later));
        assertThat(TABLE.figures(user).archived()).hasSize(1).doesNotContainKey(archived.expiresAt().orElseThrow());
    }

    @Test
    void changesNothingOfATodoThatHasChangedOrGone() {
        Todo first = added();
        Todo changed = moved(first, TodoStatus.DONE, NOON);
        todos.replace(first, changed);
        assertThat(todos.replace(first, moved(first, TodoStatus.ARCHIVED, NOON))).isFalse();
        assertThat(todos.remove(first)).isFalse();
        assertThat(todos.find(user, first.id())).contains(changed);
        assertThat(todos.remove(changed)).isTrue();
        assertThat(todos.remove(changed)).as("gone already").isTrue();
        assertThat(todos.replace(changed, moved(changed, TodoStatus.OPEN, NOON))).isFalse();
        assertThat(TABLE.figures(user)).isEqualTo(new Figures(0, 0, Map.of(), 1));
    }

    @Test
    void keepsFiguresExactUnderParallelWriters() throws Exception {
        List<Todo> mine = Collections.synchronizedList(new ArrayList<>());
        parallel(IntStream.range(0, 30).<Runnable>mapToObj(n -> () -> mine.add(persistently(this::added))).toList());
        List<Runnable> changes = new ArrayList<>();
        IntStream.range(0, 10).forEach(n -> changes.add(() -> persistently(() ->
                todos.replace(mine.get(n), moved(mine.get(n), TodoStatus.DONE, NOON)))));
        IntStream.range(10, 20).forEach(n -> changes.add(() -> persistently(() ->
                todos.replace(mine.get(n), moved(mine.get(n), TodoStatus.ARCHIVED, NOON)))));
        IntStream.range(20, 25).forEach(n -> changes.add(() -> persistently(() -> todos.remove(mine.get(n)))));
        parallel(changes);

        Figures figures = TABLE.figures(user);
        assertThat(List.of(figures.open(), figures.done(), figures.archivedAt(NOON), figures.created()))
                .containsExactly(5L, 10L, 10L, 30L);
        assertThat(TABLE.things(user)).hasSize(25);
    }

    @Test
    void letsOneOfTwoWritersWinAndCountsItOnce() throws Exception {
        Todo first = added();
        List<Boolean> won = Collections.synchronizedList(new ArrayList<>());
        parallel(Collections.nCopies(8, () -> won.add(persistently(() ->
                todos.replace(first, moved(first, TodoStatus.DONE, NOON))))));
        assertThat(won).filteredOn(win -> win).hasSize(1);
        assertThat(TABLE.figures(user)).isEqualTo(new Figures(0, 1, Map.of(), 1));
    }

    @Test
    void keepsNoMoreThanTheLimitWhoeverWritesAtTheSameTime() throws Exception {
        Todo archived = moved(added(), TodoStatus.ARCHIVED, NOON);
        todos.replace(todos.find(user, archived.id()).orElseThrow(), archived);
        setKept(Todos.MOST_KEPT - 1);
        List<Kind> refused = Collections.synchronizedList(new ArrayList<>());
        parallel(Collections.nCopies(6, () -> {
            try {
                persistently(this::added);
            } catch (Failure failure) {
                refused.add(failure.kind());
            }
        }));
        assertThat(refused).hasSize(5).containsOnly(Kind.CONFLICT);
        assertThatThrownBy(() -> todos.replace(archived, moved(archived, TodoStatus.OPEN, NOON)))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.CONFLICT))
                .hasMessageContaining("1000");
        assertThat(todos.find(user, archived.id())).contains(archived);
        Todo other = TABLE.things(user).stream().map(TodoItems::todo)
                .filter(todo -> todo.status() == TodoStatus.OPEN).findFirst().orElseThrow();
        assertThat(todos.replace(other, moved(other, TodoStatus.DONE, NOON))).as("keeps as many").isTrue();
    }

    @Test
    void addsOnceForAKeyOfOneUser() {
        KeyUse<Todo> use = use(todo(user, DETAILS), "key", NOON);
        assertThat(todos.addOnce(use)).isEmpty();
        assertThat(todos.addOnce(use(todo(user, DETAILS), "key", NOON.plusSeconds(60)))).contains(use);
        assertThat(todos.addOnce(use(todo(UUID.randomUUID(), DETAILS), "key", NOON))).isEmpty();
        assertThat(TABLE.figures(user)).isEqualTo(new Figures(1, 0, Map.of(), 1));
        assertThat(todos.addOnce(use(todo(user, DETAILS), "key", NOON.plus(KeyUse.VALIDITY)))).isEmpty();
        assertThat(TABLE.figures(user)).isEqualTo(new Figures(2, 0, Map.of(), 2));
    }

    @Test
    void answersARepeatedRequestAlsoWhenTheUserHasTooMany() {
        KeyUse<Todo> use = use(todo(user, DETAILS), "key", NOON);
        todos.addOnce(use);
        setKept(Todos.MOST_KEPT);
        assertThat(todos.addOnce(use(todo(user, DETAILS), "key", NOON))).contains(use);
    }

    @Test
    void addsOnceForAKeyInParallel() throws Exception {
        List<Optional<KeyUse<Todo>>> earlier = Collections.synchronizedList(new ArrayList<>());
        parallel(Collections.nCopies(8, () -> earlier.add(persistently(() ->
                todos.addOnce(use(todo(user, DETAILS), "key", NOON))))));
        assertThat(earlier).filteredOn(Optional::isEmpty).hasSize(1);
        assertThat(earlier.stream().flatMap(Optional::stream).distinct()).hasSize(1);
        assertThat(TABLE.figures(user).open()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = {"DENIED", "TRANSACTION_THROTTLED"})
    void writesOnceAcrossAFault(Fault fault) {
        http.fail("TransactWriteItems", fault, 1);
        Todo first = added();
        assertThat(http.sent()).isEqualTo(2);
        http.fail("TransactWriteItems", fault, 1);
        Todo done = moved(first, TodoStatus.DONE, NOON);
        assertThat(todos.replace(first, done)).isTrue();
        assertThat(TABLE.figures(user)).isEqualTo(new Figures(0, 1, Map.of(), 1));
        http.fail("TransactWriteItems", fault, 1);
        assertThat(todos.remove(done)).isTrue();
        assertThat(TABLE.figures(user)).isEqualTo(new Figures(0, 0, Map.of(), 1));
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"THROTTLED", "BROKEN", "UNREACHABLE", "TRANSACTION_CONFLICT",
            "TRANSACTION_THROTTLED"})
    void writesNothingWhileTheTableFails(Fault fault) {
        Todo first = added();
        http.fail("TransactWriteItems", fault, Integer.MAX_VALUE);
        assertUnavailable(this::added);
        assertUnavailable(() -> todos.replace(first, moved(first, TodoStatus.DONE, NOON)));
        assertUnavailable(() -> todos.remove(first));
        http.fail("Query", fault == Fault.TRANSACTION_CONFLICT || fault == Fault.TRANSACTION_THROTTLED
                ? Fault.BROKEN : fault, Integer.MAX_VALUE);
        assertUnavailable(() -> todos.list(user, TodoFilter.ALL, Optional.empty(), 1, NOON));
        http.recover();
        assertThat(TABLE.things(user)).hasSize(1);
        assertThat(TABLE.figures(user)).isEqualTo(new Figures(1, 0, Map.of(), 1));
    }

    @Test
    void writesNothingToAUserWhoseRemovalHasBegun() {
        Todo open = added();
        Todo archived = moved(added(), TodoStatus.ARCHIVED, NOON);
        todos.replace(todos.find(user, archived.id()).orElseThrow(), archived);
        TABLE.dynamo().putItem(request -> request.tableName(TABLE.name()).item(Map.of(
                TodosTable.PK, TodoItems.partition(user), TodosTable.SK, TodoItems.text(TodoItems.FIGURES),
                TodoItems.REMOVED, AttributeValue.fromBool(true))));
        assertGone(this::added);
        assertGone(() -> todos.addOnce(use(todo(user, DETAILS), "key", NOON)));
        assertGone(() -> todos.replace(open, moved(open, TodoStatus.DONE, NOON)));
        assertGone(() -> todos.replace(archived, moved(archived, TodoStatus.OPEN, NOON)));
        assertGone(() -> todos.remove(open));
        assertThat(TABLE.things(user)).hasSize(2);
        assertThat(TABLE.figuresItem(user)).hasSize(3);
    }

    @Test
    void listsEveryTodoOnceNewestFirstWhateverThePage() {
        List<Todo> all = new ArrayList<>(IntStream.range(0, 7).mapToObj(n -> added()).toList());
        Collections.reverse(all);
        for (int limit = 1; limit <= 8; limit++) {
            assertThat(pages(TodoFilter.ALL, limit, NOON)).as("pages of " + limit).isEqualTo(all);
            assertThat(pages(status(TodoStatus.OPEN), limit, NOON)).isEqualTo(all);
        }
        assertThat(pages(status(TodoStatus.DONE), 3, NOON)).isEmpty();
    }

    @Test
    void listsOnlyTheUsersOwn() {
        added();
        UUID other = UUID.randomUUID();
        todos.add(todo(other, due(NOON)));
        assertThat(todos.list(other, TodoFilter.ALL, Optional.empty(), 10, NOON).todos()).hasSize(1);
        assertThat(todos.list(other, status(TodoStatus.OPEN), Optional.empty(), 10, NOON).todos()).hasSize(1);
        assertThat(pages(dueBefore(NOON.plusSeconds(1)), 10, NOON)).isEmpty();
    }

    @Test
    void listsOpenTodosThatAreDueEarliestFirst() {
        Todo third = add(due(NOON.plusSeconds(3)));
        Todo first = add(due(NOON.plusSeconds(1)));
        Todo second = add(due(NOON.plusSeconds(2)));
        Todo same = add(due(NOON.plusSeconds(2)));
        added();
        Todo done = add(due(NOON));
        todos.replace(done, moved(done, TodoStatus.DONE, NOON));
        for (int limit = 1; limit <= 5; limit++) {
            assertThat(pages(dueBefore(NOON.plusSeconds(10)), limit, NOON))
                    .as("pages of " + limit).containsExactly(first, second, same, third);
        }
        assertThat(pages(dueBefore(NOON.plusSeconds(3)), 10, NOON)).containsExactly(first, second, same);
        assertThat(pages(dueBefore(NOON.plusSeconds(1)), 10, NOON)).isEmpty();
    }

    @Test
    void listsNoTodoThatHasExpiredAndStillFindsTheOthers() {
        Todo kept = added();
        List<Todo> archived = IntStream.range(0, 25).mapToObj(n -> {
            Todo open = added();
            Todo moved = moved(open, TodoStatus.ARCHIVED, NOON);
            todos.replace(open, moved);
            return moved;
        }).toList();
        Instant expiry = archived.get(0).expiresAt().orElseThrow();
        assertThat(pages(TodoFilter.ALL, 3, expiry.minusSeconds(1))).hasSize(26);
        assertThat(pages(status(TodoStatus.ARCHIVED), 3, expiry.minusSeconds(1))).hasSize(25);
        assertThat(pages(TodoFilter.ALL, 1, expiry)).containsExactly(kept);
        assertThat(pages(status(TodoStatus.ARCHIVED), 1, expiry)).isEmpty();
        http.fail("Query", Fault.BROKEN, 0);
        todos.list(user, TodoFilter.ALL, Optional.empty(), 1, expiry);
        assertThat(http.sent()).as("what one page may read").isLessThanOrEqualTo(5);
    }

    @Test
    void keepsFiguresAndKeysOutOfEveryIndex() {
        todos.addOnce(use(todo(user, due(NOON)), "key", NOON));
        for (var index : TodosTable.SCHEMA.indexes()) {
            List<Map<String, AttributeValue>> held = TABLE.dynamo().scan(request -> request
                    .tableName(TABLE.name()).indexName(index.name())).items().stream()
                    .filter(item -> item.get(TodosTable.PK).equals(TodoItems.partition(user))).toList();
            assertThat(held).as(index.name()).hasSize(1)
                    .allMatch(item -> item.get(TodosTable.SK).s().startsWith(TodoItems.TODO));
        }
    }

    private Todo added() {
        return add(DETAILS);
    }

    private Todo add(TodoDetails details) {
        Todo todo = todo(user, details);
        todos.add(todo);
        return todo;
    }

    private List<Todo> pages(TodoFilter filter, int limit, Instant now) {
        List<Todo> all = new ArrayList<>();
        Optional<ListPosition> next = Optional.empty();
        for (int page = 0; page < 100; page++) {
            TodoPage found = todos.list(user, filter, next, limit, now);
            assertThat(found.todos()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(found.todos());
            next = found.next();
            if (next.isEmpty()) {
                return all;
            }
        }
        throw new AssertionError("The list does not end.");
    }

    private void setKept(int kept) {
        TABLE.dynamo().updateItem(request -> request.tableName(TABLE.name()).key(TodoItems.figuresKey(user))
                .updateExpression("SET #kept = :kept")
                .expressionAttributeNames(Map.of("#kept", TodoItems.KEPT))
                .expressionAttributeValues(Map.of(":kept", TodoItems.number(kept))));
    }

    private static TodoFilter status(TodoStatus status) {
        return new TodoFilter(Optional.of(status), Optional.empty());
    }

    private static TodoFilter dueBefore(Instant time) {
        return new TodoFilter(Optional.empty(), Optional.of(time));
    }

    private static KeyUse<Todo> use(Todo todo, String key, Instant now) {
        return new KeyUse<>(key, "fingerprint", todo, now);
    }

    /** What a client does that is told to try again. */
    private static <T> T persistently(Supplier<T> write) {
        for (int attempt = 1;; attempt++) {
            try {
                return write.get();
            } catch (Failure failure) {
                if (failure.kind() != Kind.UNAVAILABLE || attempt == 20) {
                    throw failure;
                }
            }
        }
    }

    private static void parallel(List<Runnable> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> running = new ArrayList<>();
            tasks.forEach(task -> running.add(threads.submit(task)));
            for (Future<?> task : running) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void assertUnavailable(ThrowingCallable write) {
        assertThatThrownBy(write).isInstanceOfSatisfying(Failure.class,
                failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    private static void assertGone(ThrowingCallable write) {
        assertThatThrownBy(write).isInstanceOfSatisfying(Failure.class,
                failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND));
    }
}
