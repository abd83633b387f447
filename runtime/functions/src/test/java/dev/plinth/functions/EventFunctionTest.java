package dev.plinth.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.contract.Service;
import dev.plinth.contract.Trigger;
import dev.plinth.functions.echo.MessageEcho;
import dev.plinth.functions.logging.LogLines;
import io.micronaut.json.tree.JsonNode;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as Lambda gives them, through the handler, to services that keep what reached them. */
class EventFunctionTest {
    private static EventFunction events;
    private static EventFunction queue;

    @BeforeAll
    static void start() {
        events = new EventFunction(Map.of(Service.ENVIRONMENT_VARIABLE, "event-echo"));
        queue = new EventFunction(Map.of(Service.ENVIRONMENT_VARIABLE, "message-echo"));
    }

    @AfterAll
    static void stop() {
        events.close();
        queue.close();
    }

    @BeforeEach
    void forget() {
        MessageEcho.SEEN.clear();
    }

    @Test
    void hasTheNameThatTheStacksDeploy() throws Exception {
        assertThat(Arrays.stream(Trigger.values()).filter(trigger -> trigger != Trigger.HTTP).map(Trigger::handler))
                .isNotEmpty().containsOnly(EventFunction.class.getName());
        assertThat(Modifier.isPublic(EventFunction.class.getConstructor().getModifiers())).isTrue();
    }

    @Test
    void answersWhatTheHandlerAnswers() {
        JsonNode answer = Invocation.of("{\"a\": [1, {\"b\": null}]}").millisLeft(() -> 1234).send(events);

        assertThat(answer.get("event").get("a").get(0).getIntValue()).isEqualTo(1);
        assertThat(answer.get("event").get("a").get(1).get("b").isNull()).isTrue();
        assertThat(answer.get("requestId").getStringValue()).isEqualTo(Invocation.REQUEST_ID);
        assertThat(answer.get("millisLeft").getIntValue()).isEqualTo(1234);
        assertThat(Invocation.of("{\"silent\": true}").send(events)).isNull();
    }

    @Test
    void failsTheInvocationWhenTheHandlerFailsAndSaysWhyOnce() {
        List<JsonNode> lines = LogLines.of(() -> assertThatThrownBy(() -> Invocation.of("{\"fail\": 1}").send(events))
                .hasMessageContaining(Invocation.REQUEST_ID)
                .hasMessageNotContaining("secret")
                .hasNoCause()
                .hasNoSuppressedExceptions());

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).get("message").getStringValue()).isEqualTo("event failed");
        assertThat(lines.get(0).get("requestId").getStringValue()).isEqualTo(Invocation.REQUEST_ID);
        assertThat(lines.get(0).get("error").get("message").getStringValue()).isEqualTo("secret reason");
    }

    @Test
    void handsOverMessagesOneByOneInTheirOrder() {
        assertThat(Invocation.ofMessages("{\"id\": 1}", "{\"id\": 2}").failures(queue)).isEmpty();

        assertThat(MessageEcho.SEEN).extracting(message -> message.get("id").getIntValue()).containsExactly(1, 2);
    }

    @Test
    void givesBackTheMessagesThatFailAndNoOther() {
        assertThat(Invocation.ofMessages("{\"fail\": 1}", "{\"id\": 2}", "{\"fail\": 3}").failures(queue))
                .containsExactly("message-0", "message-2");
        assertThat(MessageEcho.SEEN).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "{\"a\":", "[1]", "\"text\"", "7", "null", "{\"a\": 1,}"})
    void givesBackAMessageThatIsNoJsonObjectWithoutQuotingIt(String body) {
        List<JsonNode> lines = LogLines.of(() ->
                assertThat(Invocation.ofMessages(body, "{\"id\": 2}").failures(queue)).containsExactly("message-0"));

        assertThat(MessageEcho.SEEN).hasSize(1);
        JsonNode line = lines.get(0);
        assertThat(line.get("message").getStringValue()).isEqualTo("message is not a JSON object");
        assertThat(line.get("messageId").getStringValue()).isEqualTo("message-0");
        assertThat(line.get("error")).isNull();
    }

    @Test
    void logsWhatBecameOfAMessageAndNothingOfItsBody() {
        String secret = "\"email\": \"ada@example.org\"";
        List<JsonNode> lines = LogLines.of(() -> Invocation.ofMessages(
                "{\"type\": \"user-removed\", \"fail\": 1, " + secret + "}",
                "{\"type\": \"user-removed\", " + secret + "}",
                "{\"type\": \"ada@example.org\"}",
                "{\"type\": 7}").failures(queue));

        assertThat(lines).extracting(line -> line.get("message").getStringValue()).containsExactly(
                "message failed", "message handled", "message handled", "message handled", "event handled");
        assertThat(lines.subList(0, 4)).extracting(line -> line.get("eventType").getStringValue())
                .containsExactly("user-removed", "user-removed", "unknown", "unknown");
        assertThat(lines.get(0).get("messageId").getStringValue()).isEqualTo("message-0");
        assertThat(lines.get(0).get("receiveCount").getIntValue()).isEqualTo(3);
        assertThat(lines.get(0).get("requestId").getStringValue()).isEqualTo(Invocation.REQUEST_ID);
        assertThat(lines.get(0).get("error").get("message").getStringValue()).isEqualTo("cannot");
        assertThat(lines.toString()).doesNotContain("ada@example.org");
    }

    @Test
    void givesBackWhatItHasNoTimeFor() {
        Iterator<Integer> clock = List.of(20_000, 5_000, 4_999, 10).iterator();

        assertThat(Invocation.ofMessages("{\"id\": 1}", "{\"id\": 2}", "{\"id\": 3}", "{\"id\": 4}")
                .millisLeft(clock::next).failures(queue)).containsExactly("message-2", "message-3");

        assertThat(MessageEcho.SEEN).extracting(message -> message.get("id").getIntValue()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"Records\": 1}", "{\"Records\": [{\"body\": \"{}\"}]}"})
    void refusesAnEventThatIsNotOfAQueue(String event) {
        assertThatThrownBy(() -> Invocation.of(event).send(queue)).isInstanceOf(EventFunction.InvocationFailed.class);
        assertThat(MessageEcho.SEEN).isEmpty();
    }

    @Test
    void startsNoFunctionWithoutAHandler() {
        assertThatThrownBy(() -> new EventFunction(Map.of(Service.ENVIRONMENT_VARIABLE, "echo")))
                .hasMessageContaining("EventHandler");
    }
}
