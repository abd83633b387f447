package dev.plinth.local.door;

import dev.plinth.local.door.Callers.Caller;
import dev.plinth.local.door.Callers.Signer;
import dev.plinth.local.door.Faults.Fault;
import dev.plinth.local.door.Faults.Moment;
import dev.plinth.local.iam.Policy;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.net.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.eclipse.jetty.http.HttpField;

/**
 * S3: judges calls that are signed by a header or by their URL, and passes them to the engine. No body is held in
 * memory. A header's signature is not verified, as at the rest of the door; a URL's is, since a URL is handed to others.
 * Thread-safe.
 */
final class S3Service {
    private static final String NAME = "s3";
    private static final int LARGEST_ORDER = 2 * 1024 * 1024;
    private static final int LONGEST_KEY = 1024;
    private static final Pattern CREDENTIAL =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/\\d{8}/[^/]+/s3/aws4_request.*");
    /** What belongs to one connection, or proves the caller. */
    private static final Set<String> NOT_PASSED_ON = Set.of("host", "connection", "content-length", "expect", "upgrade",
            "keep-alive", "transfer-encoding", "authorization", "x-amz-security-token", "date", "server", "origin",
            ":status");

    private final URI engine;
    private final Function<String, Optional<Policy>> policies;
    private final Function<String, List<CorsRule>> cors;
    private final Callers callers;
    private final Admission admission;
    private final Faults faults;
    private final Journal journal;
    private final Clock clock;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * @param policies the resource policy of a bucket, and of what is in it, by its ARN
     * @param cors     the rules for pages of other origins, by the name of a bucket
     */
    S3Service(URI engine, Function<String, Optional<Policy>> policies, Function<String, List<CorsRule>> cors,
              Callers callers, Admission admission, Faults faults, Journal journal, Clock clock) {
        this.engine = engine;
        this.policies = policies;
        this.cors = cors;
        this.callers = callers;
        this.admission = admission;
        this.faults = faults;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Tells whether a request is one of S3: it is signed for it, or by its URL, or asks what a page of another origin
     * may do.
     */
    static boolean isMeantBy(Exchange exchange) {
        if (isPreflight(exchange)) {
            return true;
        }
        String authorization = exchange.header("authorization");
        return authorization != null ? CREDENTIAL.matcher(authorization).matches()
                : PresignedUrl.isPresigned(exchange.rawQuery());
    }

    /** An answer that S3 gives as an error. */
    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;

        RefusedException(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }
    }

    private static boolean isPreflight(Exchange exchange) {
        return exchange.method().equals("OPTIONS") && exchange.header("origin") != null
                && exchange.header("access-control-request-method") != null;
    }

    void answer(Exchange exchange) throws IOException, InterruptedException {
        try {
            S3Call call = read(exchange);
            if (isPreflight(exchange)) {
                preflight(exchange, call);
                return;
            }
            Caller caller = caller(exchange, call);
            Optional<byte[]> order = "s3:DeleteObjects".equals(call.name())
                    ? Optional.of(order(exchange)) : Optional.empty();
            Map<String, Boolean> deleted = order.isPresent() ? deleted(order.get()) : Map.of();
            Optional<String> denial = admission.denial(caller,
                    new Admission.Attempt(NAME, call.name(), call.permissions(deleted), S3Call.class, policies));
            if (denial.isPresent()) {
                throw new RefusedException(403, "AccessDenied", denial.get());
            }
            if (call.keyLength() > LONGEST_KEY) {
                throw new RefusedException(400, "KeyTooLongError", "Your key is too long");
            }
            work(exchange, call, caller, order);
        } catch (RefusedException e) {
            // A client that still sends would take a closed connection for the answer.
            exchange.skipBody();
            exchange.answer(e.status, List.of(new HttpField("Content-Type", "application/xml")), error(exchange, e));
        }
    }

    /** A browser asks without credentials what its page may do; the rules alone answer. */
    private void preflight(Exchange exchange, S3Call call) throws RefusedException {
        String origin = exchange.header("origin");
        String headers = call.headers().getOrDefault("access-control-request-headers", "");
        CorsRule rule = rule(call, origin, exchange.header("access-control-request-method"), headers)
                .orElseThrow(() -> new RefusedException(403, "AccessForbidden",
                        "CORSResponse: This CORS request is not allowed."));
        exchange.answer(200, rule.preflightFields(origin, headers), new byte[0]);
    }

    private Optional<CorsRule> rule(S3Call call, String origin, String method, String headers) {
        return cors.apply(call.bucket()).stream().filter(rule -> rule.allows(origin, method, headers)).findFirst();
    }

    private static S3Call read(Exchange exchange) throws RefusedException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : exchange.headers()) {
            headers.merge(field.getName().toLowerCase(Locale.ROOT), field.getValue(), (one, two) -> one + "," + two);
        }
        try {
            return S3Call.of(exchange.method(), exchange.rawPath(), exchange.rawQuery(), headers);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, "InvalidURI", "Couldn't parse the specified URI.");
        }
    }

    private Caller caller(Exchange exchange, S3Call call) throws RefusedException {
        String authorization = exchange.header("authorization");
        if (authorization == null) {
            return bearer(call, exchange.rawQuery());
        }
        Matcher credential = CREDENTIAL.matcher(authorization);
        if (!credential.matches()) {
            throw new IllegalStateException("Not a request of S3");
        }
        return callers.find(credential.group(1)).orElseThrow(S3Service::unknownKey);
    }

    private Caller bearer(S3Call call, String rawQuery) throws RefusedException {
        PresignedUrl url = PresignedUrl.of(call, rawQuery).orElseThrow(() -> new RefusedException(400,
                "AuthorizationQueryParametersError", "The parameters of the signature are missing or not valid."));
        Signer signer = callers.signer(url.accessKeyId()).orElseThrow(S3Service::unknownKey);
        switch (url.age(clock.instant())) {
            case UNREADABLE -> throw new RefusedException(400, "AuthorizationQueryParametersError",
                    "X-Amz-Date and X-Amz-Expires must be a time and at most 604800 seconds.");
            case EARLY -> throw new RefusedException(403, "AccessDenied", "Request is not valid yet");
            case EXPIRED -> throw new RefusedException(403, "AccessDenied", "Request has expired");
            default -> { }
        }
        if (!url.isSignedWith(signer.credentials().secretAccessKey())) {
            throw new RefusedException(403, "SignatureDoesNotMatch", "The request signature we calculated does not "
                    + "match the signature you provided. Check your key and signing method.");
        }
        if (!signer.credentials().sessionToken().equals(url.sessionToken())) {
            throw new RefusedException(400, "InvalidToken", "The provided token is malformed or otherwise invalid.");
        }
        return new Caller(signer.role());
    }

    private static RefusedException unknownKey() {
        return new RefusedException(403, "InvalidAccessKeyId",
                "The AWS Access Key Id you provided does not exist in our records.");
    }

    private static byte[] order(Exchange exchange) throws IOException, RefusedException {
        try {
            return exchange.body(LARGEST_ORDER);
        } catch (Exchange.BodyTooLargeException e) {
            throw new RefusedException(400, "MalformedXML", "The list of objects is too long.");
        }
    }

    /** Returns the keys that a body of DeleteObjects names, each with whether it names a version. */
    private static Map<String, Boolean> deleted(byte[] body) throws RefusedException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        Map<String, Boolean> deleted = new LinkedHashMap<>();
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(body));
            String key = null;
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamReader.START_ELEMENT) {
                    continue;
                }
                if (xml.getLocalName().equals("Key")) {
                    key = xml.getElementText();
                    deleted.put(key, false);
                } else if (xml.getLocalName().equals("VersionId") && key != null) {
                    deleted.put(key, true);
                }
            }
        } catch (XMLStreamException e) {
            throw new RefusedException(400, "MalformedXML",
                    "The XML you provided was not well-formed or did not validate against our published schema");
        }
        if (deleted.isEmpty()) {
            throw new RefusedException(400, "MalformedXML", "The list of objects is empty.");
        }
        return deleted;
    }

    private void work(Exchange exchange, S3Call call, Caller caller, Optional<byte[]> order)
            throws IOException, InterruptedException, RefusedException {
        long started = System.nanoTime();
        int status = 500;
        try {
            strike(caller, call, Moment.BEFORE);
            HttpResponse<InputStream> response = pass(exchange, call, order);
            status = response.statusCode();
            if (Set.of("s3:GetObject", "s3:HeadObject").contains(call.name()) && status == 404
                    && !admission.may(caller, call.listBucket(), policies)) {
                response.body().close();
                throw new RefusedException(403, "AccessDenied", "Access Denied. Nothing is here, which only a caller "
                        + "with s3:ListBucket on " + S3Call.bucketArn(call.bucket()) + " is told.");
            }
            try {
                strike(caller, call, Moment.AFTER);
            } catch (RefusedException e) {
                response.body().close();
                throw e;
            }
            List<HttpField> headers = headers(response);
            Optional.ofNullable(exchange.header("origin")).flatMap(origin -> rule(call, origin, call.method(), "")
                    .map(rule -> rule.fields(origin))).ifPresent(headers::addAll);
            exchange.answer(status, headers, response.body());
        } catch (RefusedException e) {
            status = e.status;
            throw e;
        } finally {
            journal.add(new Journal.Call(Instant.now(), caller.name(), call.name(), status,
                    (System.nanoTime() - started) / 1e6));
        }
    }

    private HttpResponse<InputStream> pass(Exchange exchange, S3Call call, Optional<byte[]> order)
            throws IOException, InterruptedException, RefusedException {
        if (order.isPresent()) {
            return send(exchange, call, BodyPublishers.ofByteArray(order.get()), call.headers());
        }
        if (exchange.length() < 0 && call.headers().containsKey("transfer-encoding")) {
            throw new RefusedException(411, "MissingContentLength",
                    "You must provide the Content-Length HTTP header.");
        }
        if (exchange.length() <= 0) {
            return send(exchange, call, BodyPublishers.noBody(), call.headers());
        }
        try (Upload upload = Upload.receive(exchange, call.headers())) {
            return send(exchange, call, BodyPublishers.ofFile(upload.file()), upload.headers(call.headers()));
        } catch (Upload.BrokenException e) {
            throw new RefusedException(400, "IncompleteBody", e.getMessage());
        }
    }

    private HttpResponse<InputStream> send(Exchange exchange, S3Call call, BodyPublisher body,
                                           Map<String, String> headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target(exchange, call)).method(call.method(), body);
        headers.forEach((name, value) -> {
            if (!NOT_PASSED_ON.contains(name)) {
                request.header(name, value);
            }
        });
        return client.send(request.build(), BodyHandlers.ofInputStream());
    }

    /** Leaves out the signature, which the engine would want to verify. */
    private URI target(Exchange exchange, S3Call call) {
        String query = UriText.parameters(exchange.rawQuery()).stream()
                .filter(parameter -> !parameter.getKey().startsWith("X-Amz-"))
                .map(parameter -> UriText.encode(parameter.getKey(), true)
                        + (parameter.getValue().isEmpty() ? "" : "=" + UriText.encode(parameter.getValue(), true)))
                .collect(Collectors.joining("&"));
        String path = "/" + UriText.encode(call.bucket(), true)
                + (call.key().isEmpty() ? "" : "/" + UriText.encode(call.key(), false));
        return URI.create(engine + path + (query.isEmpty() ? "" : "?" + query));
    }

    private static List<HttpField> headers(HttpResponse<InputStream> response) {
        List<HttpField> headers = new ArrayList<>();
        response.headers().map().forEach((name, values) -> {
            if (name.equals("content-length") || !NOT_PASSED_ON.contains(name)) {
                values.forEach(value -> headers.add(new HttpField(name, value)));
            }
        });
        return headers;
    }

    private void strike(Caller caller, S3Call call, Moment moment) throws InterruptedException, RefusedException {
        Optional<Fault> fault = faults.take(caller.place(), call.name(), moment);
        if (fault.isPresent() && fault.get().delayMillis() > 0) {
            Thread.sleep(fault.get().delayMillis());
        }
        if (fault.isPresent() && fault.get().error().isPresent()) {
            throw new RefusedException(fault.get().status(), fault.get().error().get(),
                    "Ordered by a fault of this cloud.");
        }
    }

    private static byte[] error(Exchange exchange, RefusedException refused) {
        if (exchange.method().equals("HEAD")) {
            return new byte[0];
        }
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("Error");
            for (String[] element : new String[][] {{"Code", refused.code}, {"Message", refused.getMessage()},
                    {"Resource", exchange.rawPath()}, {"RequestId", UUID.randomUUID().toString()}}) {
                xml.writeStartElement(element[0]);
                xml.writeCharacters(element[1]);
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML is written into memory", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
