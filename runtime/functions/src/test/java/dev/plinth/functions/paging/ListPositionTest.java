package dev.plinth.functions.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListPositionTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /** Signed comparison would put the second id before the first. */
    private static final List<ListPosition> SORTED = List.of(
            new ListPosition(NOON.minusMillis(1), id("ffffffff")),
            new ListPosition(NOON, id("7fffffff")),
            new ListPosition(NOON, id("80000000")),
            new ListPosition(NOON.plusMillis(100), id("00000000")));

    @Test
    void sortsAsItsTextDoes() {
        assertThat(SORTED.stream().map(ListPosition::text)).isSorted();
        assertThat(Stream.of(SORTED.get(2), SORTED.get(3), SORTED.get(0), SORTED.get(1)).sorted())
                .containsExactlyElementsOf(SORTED);
    }

    @Test
    void readsItsText() {
        assertThat(SORTED).allSatisfy(position ->
                assertThat(ListPosition.parse(position.text())).isEqualTo(position));
        assertThat(SORTED.get(1).text()).isEqualTo("2026-03-01T12:00:00.000Z#7fffffff-0000-0000-0000-000000000000");
    }

    private static UUID id(String start) {
        return UUID.fromString(start + "-0000-0000-0000-000000000000");
    }
}
