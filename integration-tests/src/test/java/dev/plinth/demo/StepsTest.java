package dev.plinth.demo;

import static dev.plinth.demo.Promise.contains;
import static dev.plinth.demo.Promise.counts;
import static dev.plinth.demo.Promise.has;
import static dev.plinth.demo.Promise.header;
import static dev.plinth.demo.Promise.hides;
import static dev.plinth.demo.Promise.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepsTest {
    private static final Call CALL = Call.to("GET /things/{id}", "7").where("a=b");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Report report = new Report(new PrintStream(printed, true, StandardCharsets.UTF_8));
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final Steps steps = new Steps(call -> answers.size() > 1 ? answers.pop() : answers.peek(), report);

    @Test
    void reportsAnAnswerThatIsAsPromised() {
        answers.add(answer(200, "{\"id\":\"7\",\"items\":[1,2]}"));

        steps.step("Somebody reads", CALL, 200, has("/id"), says("/id", 7), counts("/items", 2), hides("/password"),
                contains("items"), header("etag"));

        assertThat(printed()).contains("ok", "Somebody reads", "GET /things/{id}", "200", "12 ms");
        assertThat(report.routes()).containsExactly("GET /things/{id}");
        assertThat(report.summary(1)).isTrue();
        assertThat(printed()).contains("1 steps over 1 of 1 routes", "Everything is as promised.");
    }

    @Test
    void endsAtAnAnswerThatIsNot() {
        answers.add(answer(404, "{\"detail\":\"gone\"}"));

        assertThatThrownBy(() -> steps.step("Somebody reads", CALL, 200)).isInstanceOf(BrokenPromise.class)
                .hasMessageContaining("status 404 instead of 200").hasMessageContaining("gone");
        assertThat(printed()).contains("BROKEN", "Somebody reads");
    }

    @Test
    void breaksAPromiseOfEachKind() {
        Answer answer = answer(200, "{\"id\":\"7\",\"items\":[1,2],\"password\":\"x\"}");
        List<Promise> broken = List.of(has("/other"), says("/id", "8"), counts("/items", 3), counts("/id", 0),
                hides("/password"),
                contains("nothing of the kind"), header("Location"));

        assertThat(broken).allSatisfy(promise -> assertThat(promise.broken(answer)).isPresent());
        assertThat(has("/id").broken(answer(200, "<html>"))).hasValue("nothing at /id");
        assertThat(has("/id").broken(answer(200, "{\"id\":null}"))).isPresent();
    }

    @Test
    void waitsForAPromiseThatTakesItsTime() {
        answers.add(answer(200, ""));
        answers.add(answer(401, ""));

        assertThat(steps.stepWithin(Duration.ofSeconds(20), "Refused", CALL, 401).status()).isEqualTo(401);
    }

    @Test
    void waitsNoLongerThanPromised() {
        answers.add(answer(200, ""));

        assertThatThrownBy(() -> steps.stepWithin(Duration.ofMillis(1), "Refused", CALL, 401))
                .isInstanceOf(BrokenPromise.class).hasMessageContaining("status 200 instead of 401, still after");
    }

    @Test
    void failsTheSummaryForWhatIsBrokenWithoutAStep() {
        report.broken("GET /new", "never called");

        assertThat(report.summary(1)).isFalse();
        assertThat(printed()).contains("0 steps over 0 of 1 routes", "1 not as promised");
    }

    @Test
    void writesTheCall() {
        Call call = CALL.by("token").and("If-Match", "\"1\"").with("{\"n\": %d}", 3);

        assertThat(call.method()).isEqualTo("GET");
        assertThat(call.path()).isEqualTo("/things/7?a=b");
        assertThat(call.headers()).isEqualTo(Map.of("Authorization", "Bearer token", "If-Match", "\"1\""));
        assertThat(call.body()).isEqualTo(Optional.of("{\"n\": 3}"));
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, Map.of("ETag", "\"1\""), body, 12);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
