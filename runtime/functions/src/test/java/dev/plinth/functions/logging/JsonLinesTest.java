package dev.plinth.functions.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.functions.ApiCall;
import dev.plinth.functions.EchoFunction;
import dev.plinth.functions.HttpFunction;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class JsonLinesTest {
    private static final Logger LOG = LoggerFactory.getLogger("dev.plinth.test");

    @Test
    void writesOneObjectALineWithFieldsOfTheirOwn() {
        JsonNode event = only(logged(() -> LOG.atInfo()
                .addKeyValue("text", "a \"quoted\"\nline")
                .addKeyValue("count", 7)
                .addKeyValue("total", 7L)
                .addKeyValue("ratio", 0.5)
                .addKeyValue("flag", true)
                .addKeyValue("nothing", (Object) null)
                .log("thing done")));

        assertThat(Instant.parse(event.get("timestamp").getStringValue())).isBeforeOrEqualTo(Instant.now());
        assertThat(event.get("level").getStringValue()).isEqualTo("INFO");
        assertThat(event.get("message").getStringValue()).isEqualTo("thing done");
        assertThat(event.get("logger").getStringValue()).isEqualTo("dev.plinth.test");
        assertThat(event.get("text").getStringValue()).isEqualTo("a \"quoted\"\nline");
        assertThat(event.get("count").getIntValue()).isEqualTo(7);
        assertThat(event.get("total").getLongValue()).isEqualTo(7);
        assertThat(event.get("ratio").getDoubleValue()).isEqualTo(0.5);
        assertThat(event.get("flag").getBooleanValue()).isTrue();
        assertThat(event.get("nothing").getStringValue()).isEqualTo("null");
    }

    @Test
    void writesAnErrorWithItsStackAndCauseInOneLine() {
        JsonNode error = only(logged(() -> LOG.atError()
                .setCause(new IllegalStateException("outer", new IOException("inner"))).log("broke"))).get("error");

        assertThat(error.get("type").getStringValue()).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.get("message").getStringValue()).isEqualTo("outer");
        assertThat(error.get("stack").getStringValue()).contains("JsonLinesTest", "Caused by", "inner");
    }

    @Test
    void writesNothingOfALibraryBelowAWarning() {
        assertThat(logged(() -> LoggerFactory.getLogger("io.micronaut.x").info("chatter"))).isEmpty();
        assertThat(logged(() -> LOG.debug("chatter"))).isEmpty();
    }

    @Test
    void logsARequestOnceByItsRouteAndNothingThatIsPersonal() {
        try (HttpFunction function = EchoFunction.start()) {
            ApiCall call = ApiCall.of("POST", "/echo/notes?email=a@example.org").cookie("session=token-1")
                    .header("authorization", "Bearer token-2").json("{\"text\": \"a@example.org\"}");
            List<ApiCall.Answer> answers = new ArrayList<>();
            List<String> lines = logged(() -> answers.add(call.send(function)));

            JsonNode event = only(lines);
            assertThat(event.get("message").getStringValue()).isEqualTo("request handled");
            assertThat(event.get("method").getStringValue()).isEqualTo("POST");
            assertThat(event.get("route").getStringValue()).isEqualTo("/echo/notes");
            assertThat(event.get("status").getIntValue()).isEqualTo(200);
            assertThat(event.get("durationMs").getDoubleValue()).isPositive();
            assertThat(event.get("requestId").getStringValue()).isEqualTo(answers.get(0).requestId());
            assertThat(lines.get(0)).doesNotContain("example.org", "token-");
        }
    }

    @Test
    void logsAnUnforeseenErrorOnceWithItsRequest() {
        try (HttpFunction function = EchoFunction.start()) {
            List<ApiCall.Answer> answers = new ArrayList<>();
            List<String> lines = logged(() -> answers.add(ApiCall.of("GET", "/echo/crash").send(function)));

            assertThat(lines).hasSize(2);
            assertThat(lines).filteredOn(line -> line.contains("IllegalStateException")).hasSize(1)
                    .allMatch(line -> line.contains("\"message\":\"request failed\"")
                            && line.contains(answers.get(0).requestId()));
        }
    }

    @Test
    void doesNotLogWhatACallerDidWrongAsAnError() {
        try (HttpFunction function = EchoFunction.start()) {
            JsonNode event = only(logged(() -> ApiCall.of("POST", "/echo/notes").json("{").send(function)));

            assertThat(event.get("level").getStringValue()).isEqualTo("INFO");
            assertThat(event.get("status").getIntValue()).isEqualTo(400);
        }
    }

    private static JsonNode only(List<String> lines) {
        assertThat(lines).hasSize(1);
        return LogLines.object(lines.get(0));
    }

    private static List<String> logged(Runnable action) {
        return LogLines.texts(action);
    }
}
