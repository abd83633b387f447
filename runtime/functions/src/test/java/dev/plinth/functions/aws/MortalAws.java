package dev.plinth.functions.aws;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * What a process calls of AWS, by HTTP: real engines for tables and buckets, and here what SQS and SNS would do. A test
 * says at which call the process dies, just before the call takes effect or just after: from then on every call throws
 * {@link Killed}, which no code of ours catches. Or a call fails as AWS's do, and the process lives.
 */
public final class MortalAws implements SdkHttpClient {
    private static final JsonMapper JSON = JsonMapper.createDefault();
    private static final int S3_ATTEMPTS = 10;
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=([A-Za-z]+)");

    /** The end of a process, as it looks to the code that runs in it. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /** When a process dies. */
    public enum Moment { BEFORE, AFTER }

    /** A message that was sent, as SQS got it. */
    public record Sent(String queueUrl, JsonNode body, int delaySeconds, Map<String, String> attributes) {
    }

    /** A message that was hidden again. */
    public record Hidden(String receiptHandle, int seconds) {
    }

    private final SdkHttpClient http = UrlConnectionHttpClient.create();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final List<Hidden> hidden = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> published = new CopyOnWriteArrayList<>();
    private final List<String> operations = new CopyOnWriteArrayList<>();
    private int death;
    private Moment moment = Moment.BEFORE;
    private boolean dead;
    private Predicate<String> failing = operation -> false;
    private boolean failingAfterwards;
    private Runnable before = () -> { };
    private String beforeOperation = "";

    /** Kills the process at its nth call from now, the first being number 1. */
    public synchronized void dieAt(int call, Moment when) {
        live();
        death = call;
        moment = when;
    }

    /** Starts the process anew: calls are counted from 1, and work. */
    public synchronized void live() {
        dead = false;
        death = 0;
        failing = operation -> false;
        beforeOperation = "";
        operations.clear();
    }

    /** Lets all calls of some operations fail with status 503 from now on, whether they take effect or not. */
    public synchronized void fail(Predicate<String> named, boolean takeEffect) {
        failing = named;
        failingAfterwards = takeEffect;
    }

    /** Lets something happen just before the next call of an operation. */
    public synchronized void interrupt(String operation, Runnable happening) {
        beforeOperation = operation;
        before = happening;
    }

    /** Returns the operations called since {@link #live}, for example {@code SQS.SendMessage} or {@code S3.PUT}. */
    public List<String> operations() {
        return List.copyOf(operations);
    }

    public boolean isDead() {
        return dead;
    }

    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    public List<Hidden> hidden() {
        return List.copyOf(hidden);
    }

    /** Returns the parameters of each Publish that the topic took. */
    public List<Map<String, String>> published() {
        return List.copyOf(published);
    }

    /** Forgets messages and notices. */
    public void forget() {
        sent.clear();
        hidden.clear();
        published.clear();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest engine = http.prepareRequest(request);
        String operation = operation(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return answer(operation, request, engine);
            }

            @Override
            public void abort() {
                engine.abort();
            }
        };
    }

    private HttpExecuteResponse answer(String operation, HttpExecuteRequest request, ExecutableHttpRequest engine)
            throws IOException {
        boolean dies;
        boolean fails;
        Runnable happening = () -> { };
        synchronized (this) {
            if (dead) {
                throw new Killed();
            }
            operations.add(operation);
            dies = operations.size() == death;
            fails = failing.test(operation);
            dead = dies;
            if (operation.equals(beforeOperation)) {
                beforeOperation = "";
                happening = before;
            }
        }
        happening.run();
        if (dies && moment == Moment.BEFORE) {
            throw new Killed();
        }
        if (fails && !failingAfterwards) {
            return response(503, "application/json", "{}");
        }
        HttpExecuteResponse response = switch (operation.substring(0, operation.indexOf('.'))) {
            case "SQS" -> queue(operation, body(request));
            case "SNS" -> isElsewhere(request) ? engine.call() : topic(body(request));
            case "S3" -> bucket(request);
            default -> engine.call();
        };
        if (dies) {
            throw new Killed();
        }
        return fails ? response(503, "application/json", "{}") : response;
    }

    /**
     * S3Proxy does not always read a request to its end before it answers and closes the connection, as S3 does; then
     * this request is lost, or the next one on the connection. So it is sent again: to the process it is one call.
     */
    private HttpExecuteResponse bucket(HttpExecuteRequest request) throws IOException {
        for (int attempt = 1;; attempt++) {
            try {
                return http.prepareRequest(request).call();
            } catch (IOException | UncheckedIOException broken) {
                if (attempt == S3_ATTEMPTS) {
                    throw broken;
                }
            }
        }
    }

    private HttpExecuteResponse queue(String operation, String body) throws IOException {
        JsonNode call = JSON.readValue(body, JsonNode.class);
        if (operation.equals("SQS.SendMessage")) {
            Map<String, String> attributes = new HashMap<>();
            if (call.get("MessageAttributes") != null) {
                call.get("MessageAttributes").entries().forEach(attribute ->
                        attributes.put(attribute.getKey(), attribute.getValue().get("StringValue").getStringValue()));
            }
            String message = call.get("MessageBody").getStringValue();
            JsonNode delay = call.get("DelaySeconds");
            sent.add(new Sent(call.get("QueueUrl").getStringValue(), json(message),
                    delay == null ? 0 : delay.getIntValue(), attributes));
            return response(200, "application/x-amz-json-1.0", "{\"MessageId\": \"" + UUID.randomUUID()
                    + "\", \"MD5OfMessageBody\": \"" + md5(message.getBytes(StandardCharsets.UTF_8))
                    + "\", \"MD5OfMessageAttributes\": \"" + md5(encoded(call.get("MessageAttributes"))) + "\"}");
        }
        hidden.add(new Hidden(call.get("ReceiptHandle").getStringValue(), call.get("VisibilityTimeout").getIntValue()));
        return response(200, "application/x-amz-json-1.0", "{}");
    }

    private HttpExecuteResponse topic(String form) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            parameters.put(URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        published.add(parameters);
        return response(200, "text/xml", "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">"
                + "<PublishResult><MessageId>" + UUID.randomUUID() + "</MessageId></PublishResult></PublishResponse>");
    }

    /** Amazon SQS Developer Guide, "Calculating the MD5 message digest for message attributes". */
    private static byte[] encoded(JsonNode attributes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Map<String, JsonNode> sorted = new TreeMap<>();
        if (attributes != null) {
            attributes.entries().forEach(attribute -> sorted.put(attribute.getKey(), attribute.getValue()));
        }
        sorted.forEach((name, attribute) -> {
            encode(bytes, name);
            encode(bytes, attribute.get("DataType").getStringValue());
            bytes.write(1);
            encode(bytes, attribute.get("StringValue").getStringValue());
        });
        return bytes.toByteArray();
    }

    private static void encode(ByteArrayOutputStream bytes, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(encoded.length).array());
        bytes.writeBytes(encoded);
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A body that is not JSON is kept as a text. */
    private static JsonNode json(String body) {
        try {
            return JSON.readValue(body, JsonNode.class);
        } catch (IOException notJson) {
            return JsonNode.createStringNode(body);
        }
    }

    private static String operation(HttpExecuteRequest request) {
        String target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
        if (target.startsWith("AmazonSQS.")) {
            return "SQS." + target.substring("AmazonSQS.".length());
        }
        if (!target.isEmpty()) {
            return "DynamoDB." + target.substring(target.indexOf('.') + 1);
        }
        Matcher action = request.httpRequest().firstMatchingHeader("Content-Type").orElse("").startsWith(FORM)
                ? ACTION.matcher(body(request)) : ACTION.matcher("");
        return action.find() ? "SNS." + action.group(1) : "S3." + request.httpRequest().method();
    }

    /** Tells whether a test has a stand-in for SNS of its own. */
    private static boolean isElsewhere(HttpExecuteRequest request) {
        return !request.httpRequest().host().startsWith("sns.");
    }

    private static String body(HttpExecuteRequest request) {
        try {
            return new String(request.contentStreamProvider().orElseThrow().newStream().readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static HttpExecuteResponse response(int status, String type, String body) {
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder().statusCode(status).putHeader("Content-Type", type).build())
                .responseBody(AbortableInputStream.create(
                        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .build();
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String clientName() {
        return http.clientName();
    }
}
