package dev.plinth.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.it.LaptopSystem;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demo against the laptop's cloud. */
@Tag("laptop")
class DemoIT {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Mailbox mailbox = new ConsoleMailbox(LaptopSystem.endpoint());
    private final Api api = Api.at(LaptopSystem.api());

    @Test
    void findsEverythingAsPromisedOnEveryRouteAndLeavesNothing() {
        assertThat(play(api, Demo.contract())).as(printed()).isTrue();

        assertThat(printed()).contains("Everything is as promised.").doesNotContain("BROKEN", "left behind");
    }

    @Test
    void failsWhenOnePromiseIsBrokenAndRemovesWhatItHasMade() {
        Api careless = call -> {
            Answer answer = api.send(call);
            return call.route().equals("GET /dashboard/{id}")
                    ? new Answer(answer.status(), answer.headers(), "{}", answer.millis())
                    : answer;
        };

        assertThat(play(careless, Demo.contract())).isFalse();

        assertThat(printed()).contains("BROKEN", "Ada's dashboard", "account is removed").doesNotContain("left behind");
    }

    @Test
    void failsWhenTheContractHasARouteThatItDoesNotCall() {
        Set<String> routes = new HashSet<>(Demo.contract());
        routes.add("GET /new");

        assertThat(play(api, routes)).isFalse();

        assertThat(printed()).contains("GET /new: the contract has this route, and the demo never calls it");
    }

    private boolean play(Api through, Set<String> routes) {
        Person operator = new Person("Grace Operator", LaptopSystem.operatorEmail());
        operator.password(LaptopSystem.operatorPassword());
        Cast cast = new Cast(mailbox, UUID.randomUUID().toString().substring(0, 8), operator, true);
        return new Demo(through, mailbox, cast, new Report(new PrintStream(printed, true, StandardCharsets.UTF_8)),
                routes).play();
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
