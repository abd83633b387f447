package dev.plinth.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.local.lambda.Outcome.Answered;
import dev.plinth.local.lambda.Outcome.Failed;
import dev.plinth.local.lambda.Outcome.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each test has processes of its own, of which at most two serve one function. */
@Timeout(30)
class FunctionPoolTest {
    @TempDir
    private Path directory;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private Lambda lambda;

    @BeforeEach
    void start() throws IOException {
        lambda = Functions.host(directory, 2, (function, line) -> log.add(function + ": " + line));
    }

    @AfterEach
    void stop() throws IOException {
        lambda.close();
    }

    @Test
    void servesEventsInOneProcessAndOutlivesFailuresOfItsHandler() throws Exception {
        FunctionPool pool = add(Functions.obedient(directory, "thing"));

        String process = answer(pool, "process");
        assertThat(answer(pool, "echo héllo")).isEqualTo("héllo");
        assertThat(answer(pool, "context")).isEqualTo("thing " + Functions.ARN + "thing:live 128 true");
        assertFailed(pool, "throw no \"stock\"", Kind.THREW, "no \"stock\"", "java.lang.IllegalArgumentException");
        assertThat(answer(pool, "many 6291556")).hasSize(6_291_556);
        assertFailed(pool, "many 6291557", Kind.THREW, "longer than 6291556 bytes");
        assertThat(answer(pool, "print to whom it may concern")).isEqualTo("printed");
        until(() -> log.contains("thing: to whom it may concern"));

        assertThat(answer(pool, "process")).isEqualTo(process);
        assertThat(pool.view().starts()).isEqualTo(1);
        assertThat(pool.view().invocations()).isEqualTo(8);
    }

    @Test
    void replacesAProcessThatEnds() throws Exception {
        FunctionPool pool = add(Functions.obedient(directory, "thing"));

        assertFailed(pool, "exit 3", Kind.DIED, "status 3");
        String second = answer(pool, "process");
        assertThat(pool.killAll()).isEqualTo(1);
        assertThat(pool.killAll()).isZero();
        assertThat(answer(pool, "process")).isNotEqualTo(second);
        assertFailed(pool, "overflow deep", Kind.DIED, "status 1");
        until(() -> log.contains("thing: java.lang.StackOverflowError: deep"));
        assertThat(answer(pool, "echo again")).isEqualTo("again");
        assertThat(pool.view().starts()).isEqualTo(4);
    }

    @Test
    void endsAProcessThatTakesLongerThanItsTimeout() throws Exception {
        FunctionPool pool = add(Functions.function(directory, "slow", ObedientHandler.class, Duration.ofMillis(1500)));
        String first = answer(pool, "process");

        assertFailed(pool, "await " + directory.resolve("never"), Kind.TIMED_OUT, "No answer after 1 s");

        assertThat(answer(pool, "process")).isNotEqualTo(first);
    }

    @Test
    void startsASecondProcessForARequestThatFindsTheFirstBusyAndLetsAThirdRequestWait() throws Exception {
        FunctionPool pool = add(Functions.obedient(directory, "thing"));
        CompletableFuture<Outcome> first = busy(pool, "one");
        CompletableFuture<Outcome> second = busy(pool, "two");

        CompletableFuture<Outcome> third = inParallel(pool, "process");
        assertThat(pool.view().processes()).hasSize(2).noneMatch(FunctionPool.ProcessView::idle);
        assertThat(third).isNotDone();
        Files.createFile(directory.resolve("two"));

        assertThat(third.get(10, TimeUnit.SECONDS)).isInstanceOf(Answered.class);
        assertThat(text(second.get(10, TimeUnit.SECONDS))).isEqualTo("seen");
        assertThat(first).isNotDone();
        assertThat(pool.view().starts()).isEqualTo(2);
        Files.createFile(directory.resolve("one"));
        assertThat(text(first.get(10, TimeUnit.SECONDS))).isEqualTo("seen");
    }

    @Test
    void servesWaitingEventsInTheOrderOfTheirArrival() throws Exception {
        FunctionPool pool = add(reserved(Optional.empty()));
        CompletableFuture<Outcome> first = busy(pool, "one");
        CompletableFuture<Outcome> second = busy(pool, "two");
        CompletableFuture<Outcome> third = inParallel(pool, "await " + directory.resolve("three"));
        until(() -> pool.view().waiting() == 1);
        CompletableFuture<Outcome> fourth = inParallel(pool, "echo four");
        until(() -> pool.view().waiting() == 2);

        Files.createFile(directory.resolve("one"));
        until(() -> Files.exists(directory.resolve("three.busy")));
        assertThat(fourth).isNotDone();
        Files.createFile(directory.resolve("three"));

        assertThat(text(fourth.get(10, TimeUnit.SECONDS))).isEqualTo("four");
        assertThat(text(third.get(10, TimeUnit.SECONDS))).isEqualTo("seen");
        Files.createFile(directory.resolve("two"));
        assertThat(text(first.get(10, TimeUnit.SECONDS)) + text(second.get(10, TimeUnit.SECONDS))).isEqualTo("seenseen");
    }

    @Test
    void refusesWhatIsBeyondAReservedConcurrencyAtOnce() throws Exception {
        FunctionPool pool = add(reserved(Optional.of(1)));
        CompletableFuture<Outcome> first = busy(pool, "one");

        assertFailed(pool, "echo", Kind.NO_CAPACITY, "thing is throttled: its reserved concurrency is 1");

        Files.createFile(directory.resolve("one"));
        assertThat(text(first.get(10, TimeUnit.SECONDS))).isEqualTo("seen");
        assertThat(answer(pool, "echo again")).isEqualTo("again");
        assertThat(pool.view().starts()).isEqualTo(1);
    }

    @Test
    void waitsWhereTheLaptopAllowsLessThanTheReservedConcurrency() throws Exception {
        FunctionPool pool = add(reserved(Optional.of(3)));
        busy(pool, "one");
        busy(pool, "two");

        CompletableFuture<Outcome> third = inParallel(pool, "echo three");

        until(() -> pool.view().waiting() == 1);
        Files.createFile(directory.resolve("one"));
        assertThat(text(third.get(10, TimeUnit.SECONDS))).isEqualTo("three");
    }

    @Test
    void takesNothingWithAReservedConcurrencyOfZero() throws Exception {
        assertFailed(add(reserved(Optional.of(0))), "echo", Kind.NO_CAPACITY, "throttled");
    }

    private FunctionDefinition reserved(Optional<Integer> concurrency) throws IOException {
        FunctionDefinition thing = Functions.obedient(directory, "thing");
        return new FunctionDefinition(thing.name(), thing.arn(), thing.constructPath(), thing.code(), thing.handler(),
                thing.memory(), thing.timeout(), thing.environment(), thing.roleName(), thing.snapStart(), concurrency);
    }

    @Test
    void tellsWhyAHandlerDidNotStart() throws Exception {
        FunctionPool broken = add(Functions.function(directory, "broken", ObedientHandler.Broken.class, Duration.ofSeconds(5)));
        FunctionPool quitter = add(Functions.function(directory, "quitter", ObedientHandler.Quitter.class, Duration.ofSeconds(5)));

        assertFailed(broken, "echo", Kind.DID_NOT_START,
                "The handler did not start: no table name (java.lang.IllegalStateException)");
        assertFailed(quitter, "echo", Kind.DID_NOT_START, "status 7 before it was ready");

        assertThat(log).anyMatch(line -> line.startsWith("broken: Not started:") && line.contains("no table name"));
        assertThat(broken.view().processes()).isEmpty();
    }

    @Test
    void givesAProcessItsTemplatesVariablesAndLambdasAndNothingElse() throws Exception {
        String environment = answer(add(Functions.obedient(directory, "thing")), "environment");

        assertThat(List.of(environment.substring(1, environment.length() - 1).split(", "))).map(pair -> pair.split("=")[0])
                .containsExactlyInAnyOrder("COLOUR", "AWS_ENDPOINT_URL", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID",
                        "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
                        "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_RUNTIME_API", "_HANDLER", "LANG", "TZ");
        assertThat(environment).contains("COLOUR=blue", "AWS_ACCESS_KEY_ID=key-test", "AWS_LAMBDA_INITIALIZATION_TYPE=on-demand",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=128", "AWS_ENDPOINT_URL=http://127.0.0.1:1,");
    }

    @Test
    void callsTheHooksOfSnapStartBeforeTheFirstEvent() throws Exception {
        FunctionDefinition plain = Functions.obedient(directory, "plain");
        FunctionDefinition snapped = new FunctionDefinition("snapped", Functions.ARN + "snapped", "Shop/snapped/Resource",
                plain.code(), plain.handler() + "::handleRequest", 128, plain.timeout(), Map.of(), "test", true, Optional.empty());

        assertThat(answer(add(snapped), "hooks"))
                .isEqualTo("checkpoint second, checkpoint first, restore first, restore second");
        assertThat(answer(add(plain), "hooks")).isEmpty();
    }

    @Test
    void endsEveryProcessWhenItCloses() throws Exception {
        FunctionPool pool = add(Functions.obedient(directory, "thing"));
        CompletableFuture<Outcome> event = busy(pool, "file");
        ProcessHandle process = ProcessHandle.of(pool.view().processes().get(0).pid()).orElseThrow();

        pool.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(event.get(10, TimeUnit.SECONDS)).isInstanceOfSatisfying(Failed.class,
                failed -> assertThat(failed.reason()).as("it ended by itself").contains("status 0"));
        assertFailed(pool, "echo", Kind.DID_NOT_START, "shutting down");
    }

    @Test
    void endsAProcessThatIsStillStartingWhenItCloses() throws Exception {
        FunctionPool pool = add(Functions.obedient(directory, "thing"));
        CompletableFuture<Outcome> event = inParallel(pool, "echo");
        until(() -> ProcessHandle.current().children().anyMatch(child -> runs(child, directory)));

        pool.close();

        assertThat(event.get(10, TimeUnit.SECONDS)).isInstanceOf(Failed.class);
        until(() -> ProcessHandle.current().children().noneMatch(child -> runs(child, directory)));
        assertThat(pool.view().processes()).isEmpty();
    }

    @Test
    void takesNoOtherEventIntoAProcessWhoseCallerWasInterrupted() throws Exception {
        FunctionPool pool = add(Functions.obedient(directory, "thing"));
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                pool.invoke(("await " + directory.resolve("file")).getBytes(StandardCharsets.UTF_8));
                interrupted.complete(false);
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        });
        caller.start();
        until(() -> Files.exists(directory.resolve("file.busy")));

        caller.interrupt();

        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(answer(pool, "echo next")).isEqualTo("next");
        assertThat(pool.view().starts()).isEqualTo(2);
    }

    @Test
    void makesAClassArchiveOnceAndStartsWithIt() throws Exception {
        FunctionPool pool = add(Functions.obedient(directory, "thing"));
        assertThat(pool.hasArchive()).isFalse();

        pool.makeArchive();

        assertThat(pool.hasArchive()).isTrue();
        assertThat(answer(pool, "echo archived")).isEqualTo("archived");
        assertThat(log).noneMatch(line -> line.contains("rror"));
    }

    private static boolean runs(ProcessHandle child, Path directory) {
        return child.info().commandLine().orElse("").contains(directory.toString());
    }

    private FunctionPool add(FunctionDefinition function) {
        lambda.add(function);
        return lambda.find(function.arn() + ":live").orElseThrow();
    }

    /** Returns once the handler is at work; it is until the file appears. */
    private CompletableFuture<Outcome> busy(FunctionPool pool, String file) {
        CompletableFuture<Outcome> outcome = inParallel(pool, "await " + directory.resolve(file));
        until(() -> Files.exists(directory.resolve(file + ".busy")));
        return outcome;
    }

    private static CompletableFuture<Outcome> inParallel(FunctionPool pool, String event) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        new Thread(() -> {
            try {
                outcome.complete(pool.invoke(event.getBytes(StandardCharsets.UTF_8)));
            } catch (InterruptedException | RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        }).start();
        return outcome;
    }

    private static String answer(FunctionPool pool, String event) throws InterruptedException {
        return text(pool.invoke(event.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Answered.class);
        return new String(((Answered) outcome).payload(), StandardCharsets.UTF_8);
    }

    private static void assertFailed(FunctionPool pool, String event, Kind kind, String... said) throws InterruptedException {
        assertThat(pool.invoke(event.getBytes(StandardCharsets.UTF_8))).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(kind);
            assertThat(failed.reason()).contains(said);
        });
    }

    private interface Condition {
        boolean holds();
    }

    private static void until(Condition condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("the end of the time for it").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
