package dev.plinth.todos;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A user's todos in figures.
 *
 * @param open     exact, as are done and archived, with every write that has been answered
 * @param overdue  open todos whose time has passed; follows the writes within about a second, as do the next two
 * @param dueSoon  open todos whose time comes within a day
 * @param next     the open todos that are due first, overdue ones among them
 */
public record TodoOverview(long open, long done, long archived, Count overdue, Count dueSoon, List<Due> next) {

    /**
     * A number that is counted no further than is cheap.
     *
     * @param orMore true when there are more than that
     */
    public record Count(int count, boolean orMore) {
    }

    /** An open todo that has a due time. */
    public record Due(UUID id, String title, Instant dueAt) {
    }
}
