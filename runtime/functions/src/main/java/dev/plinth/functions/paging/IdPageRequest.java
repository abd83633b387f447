package dev.plinth.functions.paging;

import dev.plinth.functions.http.QueryParameters;
import dev.plinth.functions.time.TimeOrderedIds;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.uri.UriBuilder;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a request asks for of a list that is sorted by ids of version 7, newest first.
 *
 * @param after the id after which the page starts; empty for the first page
 * @param list  what makes the list another one than all others: its kind, its owner, each of its filters
 */
public record IdPageRequest(Optional<UUID> after, int limit, List<String> list) {

    /** The parameters of every list. */
    public static final List<String> PARAMETERS = List.of(PageSize.PARAMETER, Cursor.PARAMETER);

    /**
     * Reads the request for a page of a list that has no filters.
     *
     * @throws dev.plinth.failure.Failure INVALID_REQUEST when a parameter breaks a rule
     */
    public static IdPageRequest of(HttpParameters parameters, List<String> list) {
        return of(new QueryParameters(parameters, PARAMETERS), list);
    }

    /**
     * Reads the request for a page of a list whose filters have been read already.
     *
     * @throws dev.plinth.failure.Failure INVALID_REQUEST when a parameter, a filter too, breaks a rule
     */
    public static IdPageRequest of(QueryParameters reading, List<String> list) {
        int limit = PageSize.of(reading);
        Optional<String> cursor = reading.value(Cursor.PARAMETER);
        reading.failIfInvalid();
        return new IdPageRequest(cursor.map(text -> Cursor.read(text, list).id()), limit, List.copyOf(list));
    }

    /** Returns the cursor of the page after a given one; empty after the last one. */
    public Optional<String> cursor(IdPage<?> page) {
        return page.next().map(id -> Cursor.write(new ListPosition(TimeOrderedIds.createdAt(id), id), list));
    }

    /**
     * Names the page after a given one in the header Link (RFC 8288), unless it is the last.
     *
     * @param uri the list's path and filters
     */
    public <T> MutableHttpResponse<T> link(MutableHttpResponse<T> response, UriBuilder uri, IdPage<?> page) {
        cursor(page).ifPresent(cursor -> response.header(HttpHeaders.LINK, "<"
                + uri.queryParam(PageSize.PARAMETER, limit).queryParam(Cursor.PARAMETER, cursor).build()
                + ">; rel=\"next\""));
        return response;
    }
}
