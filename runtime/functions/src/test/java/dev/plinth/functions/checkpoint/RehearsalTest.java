package dev.plinth.functions.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Route;
import dev.plinth.contract.Service;
import dev.plinth.functions.EchoFunction;
import dev.plinth.functions.EventFunction;
import dev.plinth.functions.HttpFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.crac.Core;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    private static final List<Route> ROUTES = List.of(Route.open("GET /things"), Route.open("GET /things/{id}/x"),
            Route.open("POST /things"), Route.open("PATCH /things/{id}"), Route.open("DELETE /things/{id}"));

    private final List<String> sent = new ArrayList<>();

    @Test
    void sendsWhatChangesNothingToEveryRoute() {
        new Rehearsal(List.of()).run(ROUTES, this::record);

        assertThat(sent).containsExactly(
                "GET /things ",
                "GET /things/00000000-0000-0000-0000-000000000000/x ",
                "POST /things {\"rehearsal\": true}",
                "PATCH /things/00000000-0000-0000-0000-000000000000 {\"rehearsal\": true}");
    }

    @Test
    void goesOnWhenARequestOrAPrimingFails() {
        List<String> primed = new ArrayList<>();
        Rehearsal rehearsal = new Rehearsal(List.of(
                () -> {
                    throw new IllegalStateException("no table");
                },
                () -> primed.add("second")));

        rehearsal.run(ROUTES, (route, path, body) -> {
            record(route, path, body);
            throw new IllegalStateException("no table");
        });

        assertThat(sent).hasSize(4);
        assertThat(primed).containsExactly("second");
    }

    @Test
    void runsAtTheCheckpointThroughTheHandlerItself() throws Exception {
        List<String> seen = PrimedEcho.SEEN;
        seen.clear();
        try (HttpFunction function = EchoFunction.start()) {
            function.beforeCheckpoint(Core.getGlobalContext());
            function.afterRestore(Core.getGlobalContext());
        }

        assertThat(seen).containsExactly("primed");
    }

    @Test
    void primesAFunctionThatNoRequestStarts() throws Exception {
        PrimedEcho.SEEN.clear();
        try (EventFunction function = new EventFunction(Map.of(Service.ENVIRONMENT_VARIABLE, "message-echo"))) {
            function.beforeCheckpoint(Core.getGlobalContext());
            function.afterRestore(Core.getGlobalContext());
        }

        assertThat(PrimedEcho.SEEN).containsExactly("primed");
    }

    private int record(Route route, String path, String body) {
        sent.add(route.method() + " " + path + " " + body);
        return 404;
    }
}
