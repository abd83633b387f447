package dev.plinth.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final List<Route> ROUTES =
            Arrays.stream(Service.values()).flatMap(service -> service.routes().stream()).toList();

    @Test
    void limitsEveryRouteBelowWhatACallerMayAskForInAll() {
        assertThat(ROUTES).isNotEmpty().allSatisfy(route ->
                assertThat(RateLimits.of(route)).isPositive().isLessThan(RateLimits.OF_CALLER));
    }

    @Test
    void givesLimitsOfTheirOwnToRoutesThatExist() {
        assertThat(ROUTES).extracting(Route::key).containsAll(RateLimits.routesWithTheirOwn());
    }

    @Test
    void limitsWritesMoreThanReadsAndMostWhatCostsMost() {
        assertThat(limit("GET /orders/{id}")).isEqualTo(600);
        assertThat(limit("PATCH /orders/{id}")).isEqualTo(240);
        assertThat(limit("POST /sessions")).isEqualTo(120);
        assertThat(limit("POST /api/code-gen")).isEqualTo(20);
        assertThat(limit("GET /api/code-gen")).isEqualTo(600);
        assertThat(limit("POST /api/deployments")).isEqualTo(10);
        assertThat(limit("DELETE /api/deployments/{id}")).isEqualTo(240);
        assertThat(limit("POST /api/notifications/subscribe/sms")).isEqualTo(10);
        assertThat(limit("POST /api/notifications/unsubscribe")).isEqualTo(240);
    }

    private static int limit(String key) {
        return RateLimits.of(ROUTES.stream().filter(route -> route.key().equals(key)).findFirst().orElseThrow());
    }
}
