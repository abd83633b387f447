package dev.plinth.orders;

import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.plinth.contract.Service;
import io.micronaut.context.ApplicationContext;
import org.junit.jupiter.api.Test;

class RepresentationPrimingTest {

    @Test
    void goesThroughWithoutATable() {
        try (ApplicationContext context = ApplicationContext.run(Service.ORDERS.environment())) {
            RepresentationPriming priming = context.getBean(RepresentationPriming.class);
            assertThatNoException().isThrownBy(priming::prime);
        }
    }
}
