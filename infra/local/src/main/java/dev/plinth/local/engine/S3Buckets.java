package dev.plinth.local.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Creates, reads and deletes the buckets of the engine, over S3's REST protocol. Thread-safe. */
public final class S3Buckets {
    /** How many objects are counted at most; the console page says so. */
    public static final int MOST_COUNTED = 10_000;

    private final URI engine;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public S3Buckets(URI engine) {
        this.engine = engine;
    }

    /** A call that the engine refused; the message holds its answer. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String operation, String answer) {
            super("S3Proxy refused " + operation + ": " + answer);
        }
    }

    /** A bucket that still holds objects, and is not deleted. */
    public static final class NotEmptyException extends IOException {
        private static final long serialVersionUID = 1L;

        NotEmptyException(String bucket) {
            super("The bucket you tried to delete is not empty: " + bucket);
        }
    }

    /** What a bucket holds; versions that are not the newest ones are not counted. */
    public record Usage(long objects, long bytes) {
    }

    /** Creates a bucket, or finds it in kept data. */
    public void create(String name) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = call("PUT", "/" + name, Optional.empty());
        if (answer.statusCode() != 200 && answer.statusCode() != 409) {
            throw refused("CreateBucket", answer);
        }
    }

    public void keepVersions(String name) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = call("PUT", "/" + name + "?versioning", Optional.of(
                "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                        + "<Status>Enabled</Status></VersioningConfiguration>"));
        if (answer.statusCode() != 200) {
            throw refused("PutBucketVersioning", answer);
        }
    }

    /**
     * Deletes a bucket; one that does not exist is no error.
     *
     * @throws NotEmptyException when it holds objects, or versions of them
     */
    public void delete(String name) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = call("DELETE", "/" + name, Optional.empty());
        if (answer.statusCode() == 409) {
            throw new NotEmptyException(name);
        }
        if (answer.statusCode() != 204 && answer.statusCode() != 404) {
            throw refused("DeleteBucket", answer);
        }
    }

    /** Returns an object's bytes; empty when there is none. The caller closes the stream. */
    public Optional<InputStream> object(String bucket, String key) throws IOException, InterruptedException {
        String path = Stream.of(key.split("/", -1)).map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8)
                .replace("+", "%20")).collect(Collectors.joining("/"));
        HttpResponse<InputStream> answer = client.send(HttpRequest.newBuilder(
                URI.create(engine + "/" + bucket + "/" + path)).build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() == 200) {
            return Optional.of(answer.body());
        }
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == 404) {
                return Optional.empty();
            }
            throw new RefusedException("GetObject", new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Counts the objects of a bucket, and no more than {@link #MOST_COUNTED}. */
    public Usage usage(String bucket) throws IOException, InterruptedException {
        long objects = 0;
        long bytes = 0;
        Optional<String> from = Optional.of("");
        while (from.isPresent() && objects < MOST_COUNTED) {
            String start = from.get().isEmpty() ? ""
                    : "&continuation-token=" + URLEncoder.encode(from.get(), StandardCharsets.UTF_8);
            HttpResponse<byte[]> answer = call("GET", "/" + bucket + "?list-type=2" + start, Optional.empty());
            if (answer.statusCode() != 200) {
                throw refused("ListObjectsV2", answer);
            }
            Page page = page(answer.body());
            objects += page.objects();
            bytes += page.bytes();
            from = page.next();
        }
        return new Usage(objects, bytes);
    }

    private record Page(long objects, long bytes, Optional<String> next) {
    }

    private static Page page(byte[] list) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        long objects = 0;
        long bytes = 0;
        Optional<String> next = Optional.empty();
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(list));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "Size" -> {
                            objects++;
                            bytes += Long.parseLong(xml.getElementText());
                        }
                        case "NextContinuationToken" -> next = Optional.of(xml.getElementText());
                        default -> { }
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException("S3Proxy's list is no XML", e);
        }
        return new Page(objects, bytes, next);
    }

    private static RefusedException refused(String operation, HttpResponse<byte[]> answer) {
        return new RefusedException(operation, new String(answer.body(), StandardCharsets.UTF_8));
    }

    private HttpResponse<byte[]> call(String method, String target, Optional<String> body)
            throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(engine + target))
                .method(method, body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody)).build(),
                BodyHandlers.ofByteArray());
    }
}
