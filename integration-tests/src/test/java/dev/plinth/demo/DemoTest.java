package dev.plinth.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the demo does when nothing is as promised. DemoIT tells the whole story. */
class DemoTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void failsAtTheFirstBrokenPromise() {
        assertThat(demo(call -> new Answer(503, Map.of(), "{\"detail\":\"no database\"}", 1))).isFalse();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("BROKEN", "GET /health", "status 503 instead of 200", "no database", "1 steps");
    }

    @Test
    void failsWithoutAnAnswer() {
        assertThat(demo(call -> {
            throw new BrokenPromise("no answer: connection refused");
        })).isFalse();

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("connection refused", "1 not as promised");
    }

    @Test
    void knowsEveryRouteOfTheContract() {
        assertThat(Demo.contract()).contains("POST /orders", "PUT /todos/{id}", "GET /.well-known/jwks.json");
    }

    private boolean demo(Api api) {
        Mailbox mailbox = new PersonalMailbox("you@example.com", null, null);
        Cast cast = new Cast(mailbox, "1", new Person("Grace", "operator@example.com"), false);
        return new Demo(api, mailbox, cast, new Report(new PrintStream(printed, true, StandardCharsets.UTF_8)),
                Set.of("GET /health")).play();
    }
}
