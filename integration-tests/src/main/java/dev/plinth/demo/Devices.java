package dev.plinth.demo;

import static dev.plinth.demo.Promise.counts;
import static dev.plinth.demo.Promise.has;
import static dev.plinth.demo.Promise.header;
import static dev.plinth.demo.Promise.says;

import dev.plinth.demo.Person.Device;
import java.time.Duration;

/** Sessions on several devices: listing, refreshing and ending them. */
record Devices(Steps steps, Accounts accounts, Person ada) {
    /** API Gateway keeps what the authorizer said for 10 s. */
    private static final Duration UNTIL_REVOKED = Duration.ofSeconds(15);

    void play() {
        steps.report().chapter("Two devices");
        Device phone = accounts.use(ada, "phone");
        Device laptop = accounts.use(ada, "laptop");
        steps.step("Ada lists her sessions", Call.to("GET /sessions").by(laptop.accessToken()), 200,
                counts("/items", 2));
        steps.step("Ada looks at the phone's", Call.to("GET /sessions/{id}", phone.sessionId())
                .by(laptop.accessToken()), 200,
                says("/device", "phone"), says("/current", false));
        Answer refreshed = steps.step("The laptop refreshes its tokens", refresh(laptop), 200,
                has("/accessToken"), has("/refreshToken"));
        steps.step("The new token works", Call.to("GET /orders").by(refreshed.text("/accessToken")), 200);
        steps.step("Somebody uses the old refresh token again", refresh(laptop), 401);
        steps.step("That has ended the laptop's session, whose token is refused", Call.to("GET /sessions")
                .by(refreshed.text("/accessToken")), 401, header("WWW-Authenticate"));
        steps.step("The phone is still in", Call.to("GET /sessions").by(phone.accessToken()), 200, counts("/items", 1));
        Device tablet = accounts.use(ada, "tablet");
        steps.step("The tablet signs the phone out", Call.to("DELETE /sessions/{id}", phone.sessionId())
                .by(tablet.accessToken()), 204);
        steps.step("The phone's token is refused", Call.to("GET /sessions").by(phone.accessToken()), 401);
        steps.stepWithin(UNTIL_REVOKED, "So it is at the services that do not keep sessions", Call.to("GET /orders")
                .by(phone.accessToken()), 401);
        steps.step("Ada signs out everywhere", Call.to("DELETE /sessions").by(tablet.accessToken()), 204);
        steps.step("No session is left", Call.to("GET /sessions").by(tablet.accessToken()), 401);
        accounts.use(ada, "phone");
    }

    static Call refresh(Device device) {
        return Call.to("POST /sessions/refresh").with("{\"refreshToken\": \"%s\"}", device.refreshToken());
    }
}
