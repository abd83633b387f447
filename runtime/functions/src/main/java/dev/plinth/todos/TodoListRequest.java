package dev.plinth.todos;

import dev.plinth.failure.Failure;
import dev.plinth.failure.Violation;
import dev.plinth.functions.http.QueryParameters;
import dev.plinth.functions.paging.Cursor;
import dev.plinth.functions.paging.ListPosition;
import dev.plinth.functions.paging.PageSize;
import dev.plinth.functions.time.Timestamps;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.uri.UriBuilder;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a request for a list of a user's todos asks for. */
record TodoListRequest(UUID user, TodoFilter filter, Optional<ListPosition> after, int limit) {

    static final String STATUS = "status";
    static final String DUE = "due";

    private static final List<String> KNOWN = List.of(PageSize.PARAMETER, Cursor.PARAMETER, STATUS, DUE);
    private static final List<String> STATUSES = Arrays.stream(TodoStatus.values()).map(Enum::name).toList();

    /** Years of four digits, so that the text of the time sorts as the times do. */
    private static final Predicate<String> TIMES = Pattern.compile(
            "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3])(:[0-5][0-9]){2}(\\.[0-9]{1,9})?Z")
            .asMatchPredicate();

    static TodoListRequest of(HttpParameters parameters, UUID user) {
        QueryParameters reading = new QueryParameters(parameters, KNOWN);
        int limit = PageSize.of(reading);
        Optional<TodoStatus> status = reading.value(STATUS, STATUSES::contains, TodoStatus::valueOf,
                "must be one of " + STATUSES.stream().collect(Collectors.joining(", ")));
        Optional<Instant> due = reading.value(DUE, TodoListRequest::isTime, Instant::parse,
                "must be a UTC time, for example 2026-01-31T12:00:00Z");
        Optional<String> cursor = reading.value(Cursor.PARAMETER);
        reading.failIfInvalid();
        if (due.isPresent() && status.isPresent()) {
            throw Failure.invalid(Violation.Place.QUERY, DUE, "lists open todos, and goes without status");
        }
        TodoFilter filter = new TodoFilter(status, due);
        return new TodoListRequest(user, filter, cursor.map(text -> Cursor.read(text, filter.list(user))), limit);
    }

    /** Returns the cursor of the page that starts after a position. */
    String cursor(ListPosition position) {
        return Cursor.write(position, filter.list(user));
    }

    /** Returns the path and query of the page that a cursor names. */
    URI uri(String path, String cursor) {
        UriBuilder uri = UriBuilder.of(path).queryParam(PageSize.PARAMETER, limit);
        filter.status().ifPresent(status -> uri.queryParam(STATUS, status));
        filter.dueBefore().ifPresent(due -> uri.queryParam(DUE, Timestamps.text(due)));
        return uri.queryParam(Cursor.PARAMETER, cursor).build();
    }

    private static boolean isTime(String text) {
        if (!TIMES.test(text)) {
            return false;
        }
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeParseException noSuchDay) {
            return false;
        }
    }
}
