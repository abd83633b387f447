package dev.plinth.functions.limits;

import dev.plinth.contract.Role;
import dev.plinth.contract.Route;
import dev.plinth.contract.Service;
import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.caller.Client;
import dev.plinth.functions.caller.Origin;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Callers whom nobody else is, and the routes that they call. */
final class Callers {
    static final List<Route> ROUTES =
            Arrays.stream(Service.values()).flatMap(service -> service.routes().stream()).toList();

    private Callers() {
    }

    static Origin user(UUID id) {
        return new Origin(Optional.of(new Caller(id, "session", Role.CUSTOMER)), new Client("192.0.2.1", "test"));
    }

    static Origin somebody() {
        return user(UUID.randomUUID());
    }

    static Origin address(String address) {
        return new Origin(Optional.empty(), new Client(address, "test"));
    }

    static Route route(String key) {
        return ROUTES.stream().filter(route -> route.key().equals(key)).findFirst().orElseThrow();
    }
}
