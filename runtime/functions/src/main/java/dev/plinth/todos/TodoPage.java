package dev.plinth.todos;

import dev.plinth.functions.paging.ListPosition;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param next where the next page starts; empty on the last page. A page can be short and still have a next one, when
 *             looking for more todos would have read too much.
 */
record TodoPage(List<Todo> todos, Optional<ListPosition> next) {
}
