package dev.plinth.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The demo against a system in memory. DemoIT tells the story to a real one. */
class DemoTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PretendPlinth plinth = new PretendPlinth();

    @Test
    void callsEveryRouteOfTheContractAndLeavesNothing() {
        assertThat(play(plinth, Demo.contract())).as(printed()).isTrue();

        assertThat(printed()).contains("of %d routes".formatted(Demo.contract().size()), "Everything is as promised.")
                .doesNotContain("BROKEN");
        assertThat(plinth.isEmpty()).isTrue();
    }

    @Test
    void failsWhenTheContractHasARouteThatItDoesNotCall() {
        Set<String> routes = new HashSet<>(Demo.contract());
        routes.add("GET /new");

        assertThat(play(plinth, routes)).isFalse();

        assertThat(printed())
                .contains("GET /new: the contract has this route, and the demo never calls it", "1 not as promised");
    }

    /** Whatever route breaks its promise, by an answer that is no answer of it, the demo fails. */
    @ParameterizedTest
    @MethodSource("contract")
    void failsWhenARouteBreaksItsPromise(String route) {
        boolean[] broken = new boolean[1];
        Api careless = call -> {
            Answer answer = plinth.send(call);
            // Once, so that the demo can still clean up by this very route.
            if (call.route().equals(route) && !broken[0]) {
                broken[0] = true;
                return new Answer(418, answer.headers(), answer.body(), answer.millis());
            }
            return answer;
        };

        assertThat(play(careless, Demo.contract())).isFalse();

        assertThat(printed()).contains("BROKEN", route, "status 418 instead of");
    }

    @Test
    void removesWhatItHasMadeWhenItEndsEarly() {
        Api careless = call -> call.route().equals("PATCH /orders/{id}") ? new Answer(500, Map.of(), "{}", 1)
                : plinth.send(call);

        assertThat(play(careless, Demo.contract())).isFalse();

        assertThat(printed()).contains("Ada's order is removed", "account is removed").doesNotContain("left behind");
        assertThat(plinth.isEmpty()).isTrue();
    }

    @Test
    void saysWhoIsLeftBehind() {
        Api careless = call -> call.route().equals("DELETE /users/{id}") ? new Answer(500, Map.of(), "{}", 1)
                : plinth.send(call);

        assertThat(play(careless, Demo.contract())).isFalse();

        assertThat(printed()).contains("Ada Lovelace (demo+ada-1@plinth.example) is left behind");
    }

    @Test
    void usesAnOperatorWhoIsThereAlreadyAndLeavesThem() {
        assertThat(play(plinth, Set.of())).isTrue();
        Person operator = new Person("Grace", PretendPlinth.OPERATOR);
        Accounts accounts = new Accounts(new Steps(plinth, report()), plinth, new Cast(plinth, "0", operator, false));
        accounts.signUp(operator);
        accounts.verify(operator);
        Person known = new Person("Grace", PretendPlinth.OPERATOR);
        known.password(operator.password());

        assertThat(new Demo(plinth, plinth, plinth.studio(), new Cast(plinth, "1", known, true), report(), Demo.contract()).play())
                .as(printed()).isTrue();

        assertThat(plinth.isEmpty()).isFalse();
    }

    @Test
    void failsWithoutAnAnswer() {
        assertThat(play(call -> {
            throw new BrokenPromise("no answer: connection refused");
        }, Demo.contract())).isFalse();

        assertThat(printed()).contains("connection refused", "1 not as promised");
    }

    static Set<String> contract() {
        return Demo.contract();
    }

    private boolean play(Api api, Set<String> routes) {
        Cast cast = new Cast(plinth, "1", new Person("Grace", PretendPlinth.OPERATOR), false);
        return new Demo(api, plinth, plinth.studio(), cast, report(), routes).play();
    }

    private Report report() {
        return new Report(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
