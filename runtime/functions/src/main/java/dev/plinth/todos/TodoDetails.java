package dev.plinth.todos;

import java.time.Instant;
import java.util.Optional;

/**
 * What there is to do.
 *
 * @param note  several lines of text
 * @param dueAt when it should be done, precise to the millisecond
 */
record TodoDetails(String title, Optional<String> note, Optional<Instant> dueAt, Priority priority) {
}
