package dev.plinth.local.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.lambda.FunctionDefinition;
import dev.plinth.local.lambda.FunctionPool;
import dev.plinth.local.lambda.Functions;
import dev.plinth.local.lambda.Lambda;
import dev.plinth.local.lambda.ObedientHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that fire a function in a process of its own. */
@Timeout(30)
class SchedulesTest {
    private static final String ARN = "arn:aws:events:eu-west-1:000000000000:rule/tick";

    @TempDir
    private static Path directory;

    private static Lambda lambda;
    private static FunctionPool function;

    private final Journal journal = new Journal();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Schedules schedules = new Schedules("000000000000", "eu-west-1", journal, log::add);

    @BeforeAll
    static void start() throws IOException {
        lambda = Functions.host(directory, 1, (name, line) -> { });
        FunctionDefinition definition =
                Functions.function(directory, "keeper", ObedientHandler.Keeper.class, Duration.ofSeconds(5));
        lambda.add(definition);
        function = lambda.find(definition.arn()).orElseThrow();
    }

    @AfterAll
    static void stop() throws IOException {
        lambda.close();
    }

    @AfterEach
    void close() {
        schedules.close();
    }

    @Test
    void firesByTheClockAgainAndAgainAlsoAfterAFailure() throws Exception {
        schedules.add(schedule(Duration.ofMillis(50), true, Optional.of("throw out"), true));

        schedules.start();

        until(() -> journal.invocations().size() >= 3);
        assertThat(journal.invocations()).allSatisfy(made -> {
            assertThat(made.cause()).isEqualTo("schedule tick");
            assertThat(made.function()).isEqualTo("keeper");
            assertThat(made.result()).startsWith("failed: The handler failed");
        });
        assertThat(log.get(0)).startsWith("tick: The handler failed");
    }

    @Test
    void leavesARuleThatIsDisabledToWhoeverFiresIt() throws Exception {
        Schedule disabled = schedule(Duration.ofMillis(1), false, Optional.empty(), true);
        schedules.add(disabled);
        schedules.add(new Schedule("tock", ARN, Duration.ofMillis(50), true, function, Optional.empty(), () -> true));

        schedules.start();
        until(() -> journal.invocations().size() >= 2);
        schedules.close();

        assertThat(journal.invocations()).noneMatch(made -> made.cause().equals("schedule tick"));
        assertThat(schedules.fire(disabled)).isEqualTo("done");
    }

    @Test
    void givesTheFunctionTheEventOfEventBridge() throws Exception {
        Instant before = Instant.now().minusSeconds(1);

        assertThat(schedules.fire(schedule(Duration.ofMinutes(1), true, Optional.empty(), true))).isEqualTo("done");

        JsonNode event = kept();
        assertThat(event.path("version").asText()).isEqualTo("0");
        assertThat(event.path("id").asText()).hasSize(36);
        assertThat(event.path("detail-type").asText()).isEqualTo("Scheduled Event");
        assertThat(event.path("source").asText()).isEqualTo("aws.events");
        assertThat(event.path("account").asText()).isEqualTo("000000000000");
        assertThat(Instant.parse(event.path("time").asText())).isBetween(before, Instant.now());
        assertThat(event.path("time").asText()).hasSize("2026-01-01T00:00:00Z".length());
        assertThat(event.path("region").asText()).isEqualTo("eu-west-1");
        assertThat(event.path("resources")).map(JsonNode::asText).containsExactly(ARN);
        assertThat(event.path("detail").isObject()).isTrue();
    }

    @Test
    void givesTheFunctionTheInputOfTheTemplate() throws Exception {
        schedules.fire(schedule(Duration.ofMinutes(1), true, Optional.of("{\"a\":1}"), true));

        assertThat(kept().path("a").intValue()).isEqualTo(1);
    }

    @Test
    void firesNothingWithoutAPermissionOfTheFunction() throws Exception {
        long invocations = function.view().invocations();

        assertThat(schedules.fire(schedule(Duration.ofMinutes(1), true, Optional.empty(), false)))
                .isEqualTo("failed: No AWS::Lambda::Permission lets EventBridge invoke the function for " + ARN);

        assertThat(function.view().invocations()).isEqualTo(invocations);
    }

    @ParameterizedTest
    @CsvSource({"rate(1 minute), 60", "rate(5 minutes), 300", "rate(1 hour), 3600", "rate(2 days), 172800"})
    void readsRates(String expression, long seconds) {
        assertThat(Rate.parse(expression)).hasSeconds(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate(1 minutes)", "rate(2 minute)", "rate(0 minutes)", "rate(1 second)", "rate(-1 minute)",
        "cron(0 12 * * ? *)", "at(2026-01-01T00:00:00)", "1 minute", ""})
    void refusesOtherExpressions(String expression) {
        assertThatThrownBy(() -> Rate.parse(expression)).hasMessageContaining("rate(N minutes)");
    }

    private static Schedule schedule(Duration rate, boolean enabled, Optional<String> input, boolean mayInvoke) {
        return new Schedule("tick", ARN, rate, enabled, function, input, () -> mayInvoke);
    }

    /** Returns the event that the function was given last; it keeps that in its directory. */
    private static JsonNode kept() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            Path file = files.filter(path -> path.endsWith("kept.json")).findFirst().orElseThrow();
            return new ObjectMapper().readTree(Files.readString(file));
        }
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
