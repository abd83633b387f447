package dev.plinth.todos;

import static dev.plinth.todos.TodoExamples.DETAILS;
import static dev.plinth.todos.TodoExamples.NOON;
import static dev.plinth.todos.TodoExamples.moved;
import static dev.plinth.todos.TodoExamples.todo;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final Instant EXPIRY = Instant.parse("2026-04-01T00:00:00Z");

    private final Todo open = todo(UUID.randomUUID(), DETAILS);
    private final Todo done = moved(open, TodoStatus.DONE, NOON);
    private final Todo archived = moved(done, TodoStatus.ARCHIVED, NOON);

    @Test
    void expiresAnArchivedTodoAtTheEndOfItsThirtiethDay() {
        assertThat(archived.expiresAt()).contains(EXPIRY);
        assertThat(moved(open, TodoStatus.ARCHIVED, Instant.parse("2026-03-01T00:00:00Z")).expiresAt())
                .contains(EXPIRY);
        assertThat(moved(open, TodoStatus.ARCHIVED, Instant.parse("2026-02-28T23:59:59.999Z")).expiresAt())
                .contains(Instant.parse("2026-03-31T00:00:00Z"));
        assertThat(moved(archived, TodoStatus.ARCHIVED, NOON.plusSeconds(1_000_000)).expiresAt()).contains(EXPIRY);
        assertThat(moved(archived, TodoStatus.OPEN, NOON).expiresAt()).isEmpty();
    }

    @Test
    void countsWhatAWriteChanges() {
        assertThat(difference(null, open)).isEqualTo(new Figures(1, 0, Map.of(), 1));
        assertThat(difference(open, done)).isEqualTo(new Figures(-1, 1, Map.of(), 0));
        assertThat(difference(done, archived)).isEqualTo(new Figures(0, -1, Map.of(EXPIRY, 1L), 0));
        assertThat(difference(archived, open)).isEqualTo(new Figures(1, 0, Map.of(EXPIRY, -1L), 0));
        assertThat(difference(archived, archived)).isEqualTo(new Figures(0, 0, Map.of(), 0));
        assertThat(difference(archived, null)).isEqualTo(new Figures(0, 0, Map.of(EXPIRY, -1L), 0));
        assertThat(difference(open, null)).isEqualTo(new Figures(-1, 0, Map.of(), 0));
    }

    @Test
    void countsArchivedTodosUntilTheyExpire() {
        Figures figures = new Figures(0, 0, Map.of(EXPIRY, 2L, EXPIRY.plusSeconds(86_400), 3L), 5);

        assertThat(figures.archivedAt(EXPIRY.minusMillis(1))).isEqualTo(5);
        assertThat(figures.archivedAt(EXPIRY)).isEqualTo(3);
        assertThat(figures.archivedAt(EXPIRY.plusSeconds(86_400))).isZero();
    }

    private static Figures difference(Todo before, Todo after) {
        return Figures.difference(Optional.ofNullable(before), Optional.ofNullable(after));
    }
}
