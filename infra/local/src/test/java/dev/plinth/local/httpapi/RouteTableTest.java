package dev.plinth.local.httpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private final RouteTable routes = new RouteTable();

    RouteTableTest() {
        routes.add("GET /orders/{id}", "one");
        routes.add("GET /orders", "list");
        routes.add("GET /orders/health", "health");
        routes.add("ANY /any", "any");
    }

    @Test
    void prefersALiteralSegmentToAVariable() {
        assertThat(routes.find("GET", "/orders/health")).hasValueSatisfying(match ->
                assertThat(match.routeKey()).isEqualTo("GET /orders/health"));
    }

    @Test
    void decodesTheValuesOfVariables() {
        assertThat(routes.find("GET", "/orders/a%20b%2Fc+d%C3%A9")).hasValueSatisfying(match ->
                assertThat(match.pathParameters()).isEqualTo(Map.of("id", "a b/c+dé")));
    }

    @Test
    void findsNothingForAnotherMethodALongerPathOrAnEmptyVariable() {
        assertThat(routes.find("PUT", "/orders")).isEmpty();
        assertThat(routes.find("GET", "/orders/1/lines")).isEmpty();
        assertThat(routes.find("GET", "/orders/")).isEmpty();
    }

    @Test
    void servesEveryMethodOfAnAnyRoute() {
        assertThat(routes.find("PURGE", "/any")).isPresent();
    }

    @Test
    void refusesCatchAlls() {
        assertThatIllegalArgumentException().isThrownBy(() -> routes.add("$default", "x")).withMessageContaining("$default");
        assertThatIllegalArgumentException().isThrownBy(() -> routes.add("GET /{proxy+}", "x")).withMessageContaining("proxy+");
    }
}
