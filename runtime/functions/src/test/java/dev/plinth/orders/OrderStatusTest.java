package dev.plinth.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderStatusTest {

    @Test
    void allowsTheStepsOfAnOrdersLifeAndNoOther() {
        Set<String> steps = new HashSet<>();
        for (OrderStatus from : OrderStatus.values()) {
            from.next().forEach(to -> steps.add(from + " " + to));
        }
        assertThat(steps).containsExactlyInAnyOrder(
                "PENDING CONFIRMED",
                "PENDING CANCELLED",
                "CONFIRMED SHIPPED",
                "CONFIRMED CANCELLED",
                "SHIPPED DELIVERED");
    }

    @Test
    void leadsOnlyToLaterConstants() {
        for (OrderStatus status : OrderStatus.values()) {
            assertThat(status.next()).allMatch(next -> next.ordinal() > status.ordinal());
        }
    }

    @Test
    void isOpenUntilTheParcelLeaves() {
        assertThat(OrderStatus.values()).filteredOn(OrderStatus::open)
                .containsExactly(OrderStatus.PENDING, OrderStatus.CONFIRMED);
    }
}
