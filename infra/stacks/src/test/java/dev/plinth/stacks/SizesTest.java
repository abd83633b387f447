package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.contract.Service;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {
    private static final Map<Service, Integer> CONCURRENCY = Map.of(Service.IDENTITY, 10, Service.DASHBOARD, 5,
            Service.IDENTITY_WORKER, 2, Service.OUTBOX_RELAY, 1, Service.MIGRATIONS, 1);

    @ParameterizedTest
    // Two connections for each of the 19 environments, and 10 for others; a proxy may take nine tenths.
    @CsvSource({"false, 48", "true, 48"})
    void takesAsManyConnectionsAsTheDatabaseHas(boolean proxied, int connections) {
        assertThat(sizes(proxied, connections, CONCURRENCY).database().forFunctions()).isEqualTo(38);
    }

    @ParameterizedTest
    @CsvSource({"false, 47", "true, 47"})
    void rejectsFunctionsThatOpenMoreConnectionsThanTheDatabaseHas(boolean proxied, int connections) {
        assertThatThrownBy(() -> sizes(proxied, connections, CONCURRENCY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The functions can open 38 connections to PostgreSQL, and db.t4g.micro has 37 for them:"
                        + " lower a concurrency, or choose a larger instance class with more connections.");
    }

    @Test
    void leavesToProxyItsShare() {
        assertThat(new Sizes.Database("db.m7g.large", true, 20, 50, 7, 200).forFunctions()).isEqualTo(180);
        assertThat(new Sizes.Database("db.m7g.large", false, 20, 50, 7, 200).forFunctions()).isEqualTo(190);
    }

    @Test
    void rejectsServiceThatOpensConnectionsWithoutBound() {
        Map<Service, Integer> incomplete = new HashMap<>(CONCURRENCY);
        incomplete.remove(Service.IDENTITY_WORKER);

        assertThatThrownBy(() -> sizes(false, 100, incomplete))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("IDENTITY_WORKER");
    }

    private static Sizes sizes(boolean proxied, int connections, Map<Service, Integer> concurrency) {
        return new Sizes(2, 1, new Sizes.Database("db.t4g.micro", proxied, 20, 50, 7, connections),
                new Sizes.Cache("cache.t4g.micro", 1, 0), concurrency, 2);
    }
}
