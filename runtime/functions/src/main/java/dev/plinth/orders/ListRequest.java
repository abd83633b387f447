package dev.plinth.orders;

import dev.plinth.functions.caller.Caller;
import dev.plinth.functions.http.QueryParameters;
import dev.plinth.functions.paging.Cursor;
import dev.plinth.functions.paging.ListPosition;
import dev.plinth.functions.paging.PageSize;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.uri.UriBuilder;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request for a list asks for. A parameter that nobody knows is refused, as it would silently list too much. */
record ListRequest(OrderFilter filter, Optional<ListPosition> before, int limit) {

    static final String STATUS = "status";
    static final String CUSTOMER_EMAIL = "customerEmail";

    private static final List<String> KNOWN = List.of(PageSize.PARAMETER, Cursor.PARAMETER, STATUS, CUSTOMER_EMAIL);
    private static final Pattern EMAILS = Pattern.compile(Rules.EMAIL_PATTERN);

    static ListRequest of(HttpParameters parameters, Caller caller) {
        QueryParameters reading = new QueryParameters(parameters, KNOWN);
        int limit = PageSize.of(reading);
        OrderFilter filter = new OrderFilter(
                reading.value(STATUS, OrderStatus::isKnown, OrderStatus::valueOf,
                        "must be one of " + OrderStatus.known()),
                reading.value(CUSTOMER_EMAIL,
                        text -> text.length() <= Rules.LONGEST_EMAIL && EMAILS.matcher(text).matches(),
                        OrderFilter::customerKey, Rules.EMAIL_MESSAGE),
                Optional.empty()).seenBy(caller);
        Optional<String> cursor = reading.value(Cursor.PARAMETER);
        reading.failIfInvalid();
        return new ListRequest(filter, cursor.map(text -> Cursor.read(text, filter.list())), limit);
    }

    /** Returns the request for the page that starts after a position. */
    ListRequest after(ListPosition position) {
        return new ListRequest(filter, Optional.of(position), limit);
    }

    URI uri(String path) {
        UriBuilder uri = UriBuilder.of(path).queryParam(PageSize.PARAMETER, limit);
        filter.status().ifPresent(status -> uri.queryParam(STATUS, status));
        filter.customerKey().ifPresent(customer -> uri.queryParam(CUSTOMER_EMAIL, customer));
        before.ifPresent(position -> uri.queryParam(Cursor.PARAMETER, Cursor.write(position, filter.list())));
        return uri.build();
    }
}
