package dev.plinth.functions.paging;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** Goes through lists that are sorted by id, for those who want all of a list and not a page of it. */
public final class Pages {

    private static final int LIMIT = 100;

    private Pages() {
    }

    /** Gives each item of a list to the reader, page by page, so that the list may change meanwhile. */
    public static <T> void forEach(Function<IdPageRequest, IdPage<T>> list, Consumer<T> reader) {
        Optional<UUID> after = Optional.empty();
        do {
            IdPage<T> page = list.apply(new IdPageRequest(after, LIMIT, List.of()));
            page.items().forEach(reader);
            after = page.next();
        } while (after.isPresent());
    }
}
