package dev.plinth.workspace;

import dev.plinth.activity.Day;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Figures of a project as people see them. */
@Serdeable
@Schema(name = "Analytics", description = "What happened in a project: of each day, and all together")
record AnalyticsRepresentation(
        @NotNull @Schema(format = "date") String from,
        @NotNull @Schema(format = "date") String to,
        @NotNull @Schema(description = "The figures of all the days, by name") Map<String, Long> totals,
        @NotNull List<DayFigures> days) {

    /** The figures of a day. */
    @Serdeable
    @Schema(name = "DayFigures")
    record DayFigures(@NotNull @Schema(format = "date") String day, @NotNull Map<String, Long> figures) {
    }

    static AnalyticsRepresentation of(AnalyticsRequest request, List<Day> days) {
        Map<String, Long> totals = new TreeMap<>();
        days.forEach(day -> day.figures().forEach((name, amount) -> totals.merge(name, amount, Long::sum)));
        return new AnalyticsRepresentation(request.from().toString(), request.to().toString(), totals, days.stream()
                .map(day -> new DayFigures(day.day().toString(), new TreeMap<>(day.figures())))
                .toList());
    }
}
