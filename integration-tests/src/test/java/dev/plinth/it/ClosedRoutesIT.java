package dev.plinth.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plinth.contract.Access;
import dev.plinth.contract.Route;
import dev.plinth.contract.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route is closed unless the contract lists it as open, to whoever has no token and to whoever made one up. */
class ClosedRoutesIT {
    static final List<Route> CLOSED = routes().filter(route -> !route.access().open()).toList();
    static final List<Route> OPEN = routes().filter(route -> route.access().open()).toList();

    /** Header {"alg":"none"} and claims of an operator, unsigned. */
    private static final String UNSIGNED = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0."
            + "eyJpc3MiOiJ1cm46cGxpbnRoOmRldiIsImF1ZCI6InBsaW50aC1hcGkiLCJyb2xlIjoiT1BFUkFUT1IiLCJleHAiOjQwMDAwMDAwMDB9.";

    private static Person customer;

    private final SystemUnderTest system = SystemUnderTest.get();

    private static Stream<Route> routes() {
        return Arrays.stream(Service.values()).flatMap(service -> service.routes().stream());
    }

    @Test
    void listsWhatIsOpenAndNothingElse() {
        assertThat(OPEN).extracting(Route::key).containsExactlyInAnyOrder(
                "GET /orders/health/check", "GET /openapi.yml", "GET /health", "GET /.well-known/jwks.json",
                "POST /users", "POST /verification-codes", "POST /verifications",
                "POST /password-reset-codes", "POST /password-resets", "POST /sessions", "POST /sessions/refresh");
    }

    @ParameterizedTest
    @FieldSource("CLOSED")
    void asksForATokenOnEveryClosedRoute(Route route) {
        Answer answer = call(system.anonymous(), route);

        assertThat(answer.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("madeUp")
    void refusesMadeUpTokensOnEveryClosedRoute(Route route, String token) {
        Answer answer = call(system.anonymous().with(token), route);

        assertThat(answer.status()).isIn(401, 403);
        assertThat(answer.body()).doesNotContain("Exception", "java.", token);
    }

    static Stream<Arguments> madeUp() {
        return CLOSED.stream().flatMap(route -> Stream.of("nonsense", UNSIGNED, "..", "a.b.c")
                .map(token -> Arguments.of(route, token)));
    }

    @ParameterizedTest
    @FieldSource("OPEN")
    void answersOpenRoutesWithoutAToken(Route route) {
        assertThat(call(system.anonymous(), route).status()).isNotIn(401, 403, 404, 500);
    }

    @ParameterizedTest
    @FieldSource("CLOSED")
    void letsACustomerCallNoRouteOfOtherRoles(Route route) {
        Access access = route.access();
        int status = call(customerFor(route).api(), route).status();

        if (access.roles().contains(dev.plinth.contract.Role.CUSTOMER)) {
            assertThat(status).isNotIn(401, 403, 500);
        } else {
            assertThat(status).isEqualTo(403);
        }
    }

    /** One for all routes, but for those that end sessions: every account costs a hash and counts at the rate limiter. */
    private Person customerFor(Route route) {
        if (route.method().equals("DELETE") && route.path().startsWith("/sessions")) {
            return system.customer();
        }
        if (customer == null) {
            customer = system.customer();
        }
        return customer;
    }

    private static Answer call(Api api, Route route) {
        String path = route.path().replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
        boolean body = Set.of("POST", "PUT", "PATCH").contains(route.method());
        return api.send(route.method(), path, body ? "{}" : null);
    }
}
