package dev.plinth.orders;

import dev.plinth.functions.paging.ListPosition;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list, newest first.
 *
 * @param next where the next page starts; empty on the last page. A page can be short and still have a next one, when
 *             looking for more orders would have read too much.
 */
record OrderPage(List<Order> orders, Optional<ListPosition> next) {
}
