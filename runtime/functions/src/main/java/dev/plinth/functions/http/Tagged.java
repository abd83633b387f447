package dev.plinth.functions.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.net.URI;
import java.util.function.Supplier;

/** Answers with a thing that people edit, and with the entity tag of its revision. */
public final class Tagged {

    private Tagged() {
    }

    public static <T> MutableHttpResponse<T> created(T body, URI location, String revision) {
        return tagged(HttpResponse.created(body, location), revision);
    }

    public static <T> MutableHttpResponse<T> ok(T body, String revision) {
        return tagged(HttpResponse.ok(body), revision);
    }

    /** Answers a request to read: with 304 when If-None-Match names the revision, as the client has it. */
    public static <T> MutableHttpResponse<T> read(HttpRequest<?> request, String revision, Supplier<T> body) {
        boolean known = EntityTags.ifNoneMatchNames(revision,
                request.getHeaders().getAll(EntityTags.IF_NONE_MATCH));
        MutableHttpResponse<T> response = known ? HttpResponse.notModified() : HttpResponse.ok(body.get());
        // The client may keep it, but must ask whether it is still the latest.
        return tagged(response.header(HttpHeaders.CACHE_CONTROL, "private, no-cache"), revision);
    }

    private static <T> MutableHttpResponse<T> tagged(MutableHttpResponse<T> response, String revision) {
        return response.header(HttpHeaders.ETAG, EntityTags.write(revision));
    }
}
