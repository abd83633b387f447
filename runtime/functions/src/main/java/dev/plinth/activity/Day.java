package dev.plinth.activity;

import java.time.LocalDate;
import java.util.Map;

/**
 * The figures of a project's day in UTC.
 *
 * @param figures amounts by name; one that is 0 is absent
 */
public record Day(LocalDate day, Map<String, Long> figures) {
    public Day {
        figures = Map.copyOf(figures);
    }
}
