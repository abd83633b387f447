package dev.plinth.functions.checkpoint;

import dev.plinth.contract.Route;
import dev.plinth.functions.caller.Caller;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exercises a function before the checkpoint: requests to its own routes, through its own handler, and every
 * {@link Priming}.
 *
 * <p>Nothing is written. A path variable is the nil UUID, which names nothing; a body has only a field that no record
 * knows; the caller is nobody's user; and nothing is deleted. What fails is logged and the checkpoint goes on: a function that was not exercised
 * answers its first caller more slowly and not wrongly, and a version must be publishable while a table is down.
 */
@Singleton
public final class Rehearsal {
    /** Sends a request through the function's handler. */
    @FunctionalInterface
    public interface Exchange {
        /**
         * Returns the status of the answer.
         *
         * @param route the template of the route, for example {@code /orders/{id}}
         * @param path  the path of this request
         * @param body  empty for a request without one
         */
        int send(Route route, String path, String body);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final UUID NOBODY = new UUID(0, 0);
    private static final String REFUSED_BODY = "{\"rehearsal\": true}";
    private static final int FIRST_SERVER_ERROR = 500;

    private final List<Priming> primings;

    Rehearsal(List<Priming> primings) {
        this.primings = primings;
    }

    /** Returns who calls a route in rehearsal: a user who does not exist, in a role that may; empty on an open route. */
    public static Optional<Caller> caller(Route route) {
        return route.access().roles().stream().min(Comparator.naturalOrder())
                .map(role -> new Caller(NOBODY, NOBODY.toString(), role));
    }

    /** Sends a request to every route that can be called without changing anything, and primes the rest. */
    public void run(Collection<Route> routes, Exchange exchange) {
        for (Route route : routes) {
            switch (route.method()) {
                case "GET" -> send(route, "", exchange);
                case "POST", "PUT", "PATCH" -> send(route, REFUSED_BODY, exchange);
                default -> LOG.atDebug().addKeyValue("route", route.key()).log("route not rehearsed");
            }
        }
        prime();
    }

    /** Primes what no request reaches; all that a function has to exercise when none starts it. */
    public void prime() {
        for (Priming priming : primings) {
            try {
                priming.prime();
            } catch (RuntimeException failed) {
                LOG.atWarn().addKeyValue("priming", priming.getClass().getSimpleName()).setCause(failed)
                        .log("priming failed");
            }
        }
    }

    private static void send(Route route, String body, Exchange exchange) {
        try {
            int status = exchange.send(route, route.path().replaceAll("\\{[^}]+}", NOBODY.toString()), body);
            if (status >= FIRST_SERVER_ERROR) {
                LOG.atWarn().addKeyValue("route", route.key()).addKeyValue("status", status).log("rehearsal failed");
            }
        } catch (RuntimeException failed) {
            LOG.atWarn().addKeyValue("route", route.key()).setCause(failed).log("rehearsal failed");
        }
    }
}
