package dev.plinth.local.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One HTTP request with its answer. Used by one thread. */
public final class Exchange {
    private final Request request;
    private final Response response;
    private final Callback callback;

    Exchange(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
    }

    public String method() {
        return request.getMethod();
    }

    /** Returns the path as it was sent, with its percent escapes. */
    public String rawPath() {
        return request.getHttpURI().getPath();
    }

    /** Returns the query as it was sent, without its question mark; empty when there is none. */
    public String rawQuery() {
        String query = request.getHttpURI().getQuery();
        return query == null ? "" : query;
    }

    public String protocol() {
        return request.getConnectionMetaData().getProtocol();
    }

    /** Returns the first value of a header, or null. */
    public String header(String name) {
        return request.getHeaders().get(name);
    }

    /** Returns every header field in the order in which it was sent. */
    public HttpFields headers() {
        return request.getHeaders();
    }

    /**
     * Reads the whole body.
     *
     * @param limit the longest body taken, in bytes
     * @throws BodyTooLargeException when the body is longer
     */
    public byte[] body(int limit) throws IOException {
        if (request.getLength() > limit) {
            throw new BodyTooLargeException();
        }
        byte[] body = Content.Source.asInputStream(request).readNBytes(limit + 1);
        if (body.length > limit) {
            throw new BodyTooLargeException();
        }
        return body;
    }

    /** Returns the length that the request says its body has, in bytes, or -1 when it does not say. */
    public long length() {
        return request.getLength();
    }

    /** Returns the body for whoever reads it piece by piece. */
    public InputStream stream() {
        return Content.Source.asInputStream(request);
    }

    /** Reads what is left of the body and drops it. */
    public void skipBody() throws IOException {
        Content.Source.asInputStream(request).transferTo(OutputStream.nullOutputStream());
    }

    public void answer(int status, List<HttpField> headers, byte[] body) {
        response.setStatus(status);
        headers.forEach(response.getHeaders()::add);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /**
     * Answers with a body that is read piece by piece. A body that ends early breaks the connection, so that nobody
     * takes it for the whole.
     */
    public void answer(int status, List<HttpField> headers, InputStream body) {
        response.setStatus(status);
        headers.forEach(response.getHeaders()::add);
        try (body; OutputStream out = Content.Sink.asOutputStream(response)) {
            body.transferTo(out);
        } catch (IOException e) {
            abort();
            return;
        }
        callback.succeeded();
    }

    public void answer(int status, String contentType, String body) {
        answer(status, List.of(new HttpField("Content-Type", contentType)), body.getBytes(StandardCharsets.UTF_8));
    }

    /** Breaks the connection without an answer, as a network failure would. */
    public void abort() {
        AbortedException why = new AbortedException();
        request.getConnectionMetaData().getConnection().getEndPoint().close(why);
        callback.failed(why);
    }

    /** A connection that was broken on purpose. */
    static final class AbortedException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** A body longer than the limit. */
    public static final class BodyTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
