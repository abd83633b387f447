package dev.plinth.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.failure.Failure;
import dev.plinth.functions.paging.Cursor;
import dev.plinth.functions.paging.ListPosition;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CursorTest {

    private static final OrderFilter PENDING =
            new OrderFilter(Optional.of(OrderStatus.PENDING), Optional.empty(), Optional.empty());
    private static final OrderFilter CUSTOMER =
            new OrderFilter(Optional.empty(), Optional.of("ada@example.org"), Optional.empty());
    private static final OrderFilter BOTH =
            new OrderFilter(Optional.of(OrderStatus.PENDING), Optional.of("ada@example.org"), Optional.empty());
    private static final OrderFilter ADAS = owner(UUID.randomUUID());
    private static final OrderFilter BOBS = owner(UUID.randomUUID());
    private static final List<OrderFilter> FILTERS = List.of(OrderFilter.ALL, PENDING, CUSTOMER, BOTH, ADAS, BOBS);
    private static final ListPosition POSITION = new ListPosition(OrderExamples.NOON, UUID.randomUUID());
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.+/ ";

    private static OrderFilter owner(UUID customer) {
        return new OrderFilter(Optional.empty(), Optional.empty(), Optional.of(customer));
    }

    @Test
    void readsWhatItWrote() {
        for (OrderFilter filter : FILTERS) {
            assertThat(Cursor.read(Cursor.write(POSITION, filter.list()), filter.list())).isEqualTo(POSITION);
        }
    }

    @Test
    void refusesACursorOfAnotherList() {
        for (OrderFilter made : FILTERS) {
            for (OrderFilter used : FILTERS) {
                if (!made.equals(used)) {
                    assertRefused(Cursor.write(POSITION, made.list()), used);
                }
            }
        }
    }

    @Test
    void refusesACursorWithAnyCharacterChanged() {
        String cursor = Cursor.write(POSITION, OrderFilter.ALL.list());
        for (int at = 0; at < cursor.length(); at++) {
            for (char other : ALPHABET.toCharArray()) {
                if (other != cursor.charAt(at)) {
                    assertRefused(cursor.substring(0, at) + other + cursor.substring(at + 1), OrderFilter.ALL);
                }
            }
        }
    }

    @Test
    void refusesACursorThatIsCutOrExtended() {
        String cursor = Cursor.write(POSITION, OrderFilter.ALL.list());
        for (int length = 0; length < cursor.length(); length++) {
            assertRefused(cursor.substring(0, length), OrderFilter.ALL);
        }
        for (String more : List.of("=", "==", "A", "AA", "AAAA", " ", "\n")) {
            assertRefused(cursor + more, OrderFilter.ALL);
        }
    }

    private static void assertRefused(String cursor, OrderFilter filter) {
        assertThatThrownBy(() -> Cursor.read(cursor, filter.list())).as(cursor).isInstanceOf(Failure.class);
    }
}
