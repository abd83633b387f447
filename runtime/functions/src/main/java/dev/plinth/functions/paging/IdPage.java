package dev.plinth.functions.paging;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A part of a list that is sorted by id.
 *
 * @param next the id after which the next page starts; empty on the last page. A page can be short and still have a
 *             next one, when looking for more would have read too much.
 */
public record IdPage<T>(List<T> items, Optional<UUID> next) {
    public IdPage {
        items = List.copyOf(items);
    }

    /** Returns the page with each item as something else. */
    public <R> IdPage<R> map(Function<? super T, ? extends R> change) {
        return new IdPage<>(items.stream().<R>map(change).toList(), next);
    }
}
