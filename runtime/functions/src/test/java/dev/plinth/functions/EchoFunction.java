package dev.plinth.functions;

import dev.plinth.contract.Route;
import dev.plinth.contract.Service;
import dev.plinth.functions.caller.Door;
import java.util.Map;

/** Starts functions that no contract lists: the echo, whose every route is open. */
public final class EchoFunction {
    private EchoFunction() {
    }

    public static HttpFunction start() {
        return behind(new Door(key -> Route.open("GET /").access()));
    }

    /** Starts the echo behind a door. */
    public static HttpFunction behind(Door door) {
        return new HttpFunction(Settings.of(Map.of(Service.ENVIRONMENT_VARIABLE, "echo")), routes -> door);
    }
}
