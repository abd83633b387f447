package dev.plinth.dashboard;

import dev.plinth.contract.Role;
import dev.plinth.functions.time.Timestamps;
import dev.plinth.todos.TodoOverview;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** The dashboard as its user sees it. */
@Serdeable
@Schema(name = "Dashboard")
record DashboardRepresentation(@NotNull UserPart user, @NotNull TodosPart todos) {

    @Serdeable
    @Schema(name = "DashboardUser")
    record UserPart(
            @NotNull @Schema(format = "uuid") String id,
            @NotNull String name,
            @NotNull @Schema(format = "email") String email,
            @NotNull Role role,
            @NotNull @Schema(format = "date-time") String memberSince) {
    }

    @Serdeable
    @Schema(name = "DashboardTodos")
    record TodosPart(
            long open,
            long done,
            @Schema(description = "Without those that have expired") long archived,
            @NotNull @Schema(description = "Open todos whose time has passed") Count overdue,
            @NotNull @Schema(description = "Open todos whose time comes within 24 hours") Count dueSoon,
            @NotNull @Schema(description = "The five open todos that are due first, overdue ones among them")
            List<DueTodo> next) {
    }

    @Serdeable
    @Schema(name = "BoundedCount", description = "A number that is counted up to 100")
    record Count(int count, @Schema(description = "True when there are more than that") boolean orMore) {
        static Count of(TodoOverview.Count count) {
            return new Count(count.count(), count.orMore());
        }
    }

    @Serdeable
    @Schema(name = "DueTodo")
    record DueTodo(
            @NotNull @Schema(format = "uuid") String id,
            @NotNull String title,
            @NotNull @Schema(format = "date-time") String dueAt) {
        static DueTodo of(TodoOverview.Due due) {
            return new DueTodo(due.id().toString(), due.title(), Timestamps.text(due.dueAt()));
        }
    }

    static DashboardRepresentation of(DashboardService.Dashboard dashboard) {
        Profile profile = dashboard.profile();
        TodoOverview todos = dashboard.todos();
        return new DashboardRepresentation(
                new UserPart(profile.id().toString(), profile.name(), profile.email(), profile.role(),
                        Timestamps.text(profile.createdAt())),
                new TodosPart(todos.open(), todos.done(), todos.archived(), Count.of(todos.overdue()),
                        Count.of(todos.dueSoon()), todos.next().stream().map(DueTodo::of).toList()));
    }
}
