package dev.plinth.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.it.LaptopSystem;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demo against the laptop's cloud. */
@Tag("laptop")
class DemoIT {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Inbox inbox = new ConsoleInbox(LaptopSystem.endpoint());
    private final Api api = Api.at(LaptopSystem.api());

    @Test
    void findsEverythingAsPromisedOnEveryRouteAndLeavesNothing() {
        assertThat(play()).as(printed()).isTrue();

        assertThat(printed()).contains("Everything is as promised.").doesNotContain("BROKEN", "left behind");
    }

    private boolean play() {
        Person operator = new Person("Grace Operator", LaptopSystem.operatorEmail());
        operator.password(LaptopSystem.operatorPassword());
        Cast cast = new Cast(inbox, UUID.randomUUID().toString().substring(0, 8), operator, true);
        return new Demo(api, inbox, Downloads.overHttp(), cast, new Report(new PrintStream(printed, true, StandardCharsets.UTF_8)),
                Demo.contract()).play();
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
