package dev.plinth.activity;

import dev.plinth.functions.paging.IdPage;
import dev.plinth.functions.paging.IdPageRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** What was recorded, for whoever may see it: that is for the caller to decide. */
public interface ActivityLog {
    /** Returns a page of what was done in a project, newest first, without what is older than 90 days. */
    IdPage<Activity> ofProject(UUID project, IdPageRequest page);

    /** Returns a page of what a user did, newest first, without what is older than 90 days. */
    IdPage<Activity> ofUser(UUID user, IdPageRequest page);

    /** Returns the figures of a project's days, earliest first, without the days that have none. Both ends count. */
    List<Day> days(UUID project, LocalDate from, LocalDate to);
}
