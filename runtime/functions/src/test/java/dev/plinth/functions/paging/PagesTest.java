package dev.plinth.functions.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PagesTest {
    private final List<UUID> list = LongStream.range(0, 250).mapToObj(i -> new UUID(0, 250 - i)).toList();
    private final List<UUID> read = new ArrayList<>();

    @Test
    void readsAllPagesOfAList() {
        Pages.forEach(this::page, read::add);

        assertThat(read).isEqualTo(list);
    }

    @Test
    void goesOnAfterAPageWithNothingOnIt() {
        Pages.forEach(request -> request.after().isEmpty()
                ? new IdPage<UUID>(List.of(), Optional.of(list.get(99))) : page(request), read::add);

        assertThat(read).isEqualTo(list.subList(100, 250));
    }

    private IdPage<UUID> page(IdPageRequest request) {
        int from = request.after().map(after -> list.indexOf(after) + 1).orElse(0);
        int to = Math.min(list.size(), from + request.limit());
        return new IdPage<>(list.subList(from, to),
                to < list.size() ? Optional.of(list.get(to - 1)) : Optional.empty());
    }
}
