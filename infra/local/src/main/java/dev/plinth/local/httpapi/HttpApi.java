package dev.plinth.local.httpapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.plinth.local.httpapi.Authorizer.Verdict.Admitted;
import dev.plinth.local.httpapi.Authorizer.Verdict.Anonymous;
import dev.plinth.local.httpapi.Authorizer.Verdict.Refused;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.lambda.FunctionPool;
import dev.plinth.local.lambda.Lambda;
import dev.plinth.local.lambda.Outcome;
import dev.plinth.local.net.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;

/**
 * One HTTP API, as its template defines it. What API Gateway answers by itself (401, 403, 404, 413, 429, 500, 503) has the
 * gateway's own body, {@code {"message": ...}}. Thread-safe once deployed.
 */
public final class HttpApi {
    /** The largest body that API Gateway takes, in bytes. */
    private static final int LARGEST_BODY = 10 * 1024 * 1024;
    private static final String FROM_CACHE = ", from the cache";

    private final String accountId;
    private final String apiId;
    private final Lambda lambda;
    private final Journal journal;
    private final Consumer<String> log;
    private final RouteTable routes = new RouteTable();
    private final Map<String, Authorizer> authorizers = new HashMap<>();
    private Optional<Cors> cors = Optional.empty();
    private Optional<TokenBucket> throttle = Optional.empty();
    private Optional<AccessLog> accessLog = Optional.empty();
    private BiPredicate<String, String> mayInvoke = (functionArn, routeKey) -> false;

    /**
     * @param log takes a line for the person at the laptop: what went wrong behind a 500, and the access log
     */
    public HttpApi(String accountId, String apiId, Lambda lambda, Journal journal, Consumer<String> log) {
        this.accountId = accountId;
        this.apiId = apiId;
        this.lambda = lambda;
        this.journal = journal;
        this.log = log;
    }

    public void allowOrigins(Cors configuration) {
        cors = Optional.of(configuration);
    }

    public void throttle(double rate, int burst) {
        throttle = Optional.of(new TokenBucket(rate, burst, System::nanoTime));
    }

    public void logAccess(String format) {
        accessLog = Optional.of(new AccessLog(format, line -> log.accept("access " + line)));
    }

    public void route(String routeKey, String functionArn) {
        routes.add(routeKey, functionArn);
    }

    /** Closes a route to callers whom the authorizer does not admit. */
    public void close(String routeKey, Authorizer authorizer) {
        authorizers.put(routeKey, authorizer);
    }

    /** Sets who decides, by function ARN and route key, whether the function's resource policy lets this API call it. */
    public void permit(BiPredicate<String, String> permission) {
        mayInvoke = permission;
    }

    public void answer(Exchange exchange) throws IOException, InterruptedException {
        long started = System.nanoTime();
        String requestId = UUID.randomUUID().toString();
        Payload.Circumstances about = new Payload.Circumstances(accountId, apiId,
                Optional.ofNullable(exchange.header("host")).orElse("127.0.0.1"), "$default", requestId, Instant.now());
        Map<String, String> context = new TreeMap<>();
        Payload.Answer answer = respond(exchange, about, context);
        List<HttpField> headers = new ArrayList<>(answer.headers());
        headers.add(new HttpField("apigw-requestid", requestId));
        String origin = exchange.header("origin");
        if (cors.isPresent() && !isPreflight(exchange)) {
            headers.removeIf(header -> header.getName().startsWith("access-control-"));
            headers.addAll(cors.get().onAnswer(origin));
        }
        double millis = (System.nanoTime() - started) / 1e6;
        journal.add(new Journal.HttpRequest(about.time(), exchange.method(), exchange.rawPath(), answer.status(), millis,
                Optional.ofNullable(context.getOrDefault("integrationErrorMessage", context.get("authorizer.error")))));
        logAccess(exchange, about, answer, millis, context);
        // Last, so that whoever has the answer finds the request on record.
        exchange.answer(answer.status(), headers, answer.body());
    }

    private void logAccess(Exchange exchange, Payload.Circumstances about, Payload.Answer answer, double millis,
                           Map<String, String> context) {
        context.put("requestId", about.requestId());
        context.put("extendedRequestId", about.requestId());
        context.put("requestTime", about.clfTime());
        context.put("requestTimeEpoch", Long.toString(about.time().toEpochMilli()));
        context.put("identity.sourceIp", "127.0.0.1");
        context.put("identity.userAgent", Optional.ofNullable(exchange.header("user-agent")).orElse("-"));
        context.put("httpMethod", exchange.method());
        context.put("path", exchange.rawPath());
        context.put("protocol", exchange.protocol());
        context.put("status", Integer.toString(answer.status()));
        context.put("responseLength", Integer.toString(answer.body().length));
        context.put("responseLatency", Long.toString(Math.round(millis)));
        context.put("apiId", apiId);
        context.put("domainName", about.domainName());
        context.put("stage", about.stage());
        accessLog.ifPresent(configured -> configured.write(context));
    }

    private boolean isPreflight(Exchange exchange) {
        return exchange.method().equals("OPTIONS") && exchange.header("origin") != null
                && exchange.header("access-control-request-method") != null;
    }

    private Payload.Answer respond(Exchange exchange, Payload.Circumstances about, Map<String, String> context)
            throws IOException, InterruptedException {
        if (cors.isPresent() && isPreflight(exchange)) {
            return new Payload.Answer(204, cors.get().onPreflight(exchange.header("origin")), new byte[0]);
        }
        if (throttle.isPresent() && !throttle.get().take()) {
            return unread(exchange, 429, "Too Many Requests");
        }
        Optional<RouteTable.Match> match = routes.find(exchange.method(), exchange.rawPath());
        if (match.isEmpty()) {
            return unread(exchange, 404, "Not Found");
        }
        context.put("routeKey", match.get().routeKey());
        byte[] body;
        try {
            body = exchange.body(LARGEST_BODY);
        } catch (Exchange.BodyTooLargeException e) {
            return gatewaySays(413, "Request Entity Too Large");
        }
        Payload.Request request = Payload.request(exchange, match.get(), about);
        Authorizer authorizer = authorizers.get(match.get().routeKey());
        if (authorizer == null) {
            return integrate(request, body, Optional.empty(), context);
        }
        Authorizer.Verdict verdict = ask(authorizer, request, context);
        if (verdict instanceof Admitted admitted) {
            JsonNode said = admitted.context() == null ? NullNode.getInstance() : admitted.context();
            return integrate(request, body, Optional.of(said), context);
        }
        if (verdict instanceof Authorizer.Verdict.Failed failure) {
            context.put("authorizer.error", firstLine(failure.reason()));
            log.accept(failure.reason());
            return gatewaySays(500, "Internal Server Error");
        }
        return verdict instanceof Refused ? gatewaySays(403, "Forbidden") : gatewaySays(401, "Unauthorized");
    }

    /** Answers a request by its head. Were its body left, the connection would close under the client's next request. */
    private static Payload.Answer unread(Exchange exchange, int status, String message) throws IOException {
        exchange.skipBody();
        return gatewaySays(status, message);
    }

    /** Asks the authorizer, and keeps on record what came of it. */
    private Authorizer.Verdict ask(Authorizer authorizer, Payload.Request request, Map<String, String> context)
            throws InterruptedException {
        long started = System.nanoTime();
        Authorizer.Verdict verdict = authorizer.ask(request);
        double millis = (System.nanoTime() - started) / 1e6;
        context.put("authorizer.latency", Long.toString(Math.round(millis)));
        String result;
        if (verdict instanceof Admitted admitted) {
            result = "admitted" + (admitted.cached() ? FROM_CACHE : "");
            if (admitted.context() != null) {
                admitted.context().properties().forEach(entry -> context.put("authorizer." + entry.getKey(),
                        entry.getValue().isValueNode() ? entry.getValue().asText() : entry.getValue().toString()));
            }
        } else if (verdict instanceof Refused refused) {
            result = "refused" + (refused.cached() ? FROM_CACHE : "");
        } else if (verdict instanceof Anonymous anonymous) {
            result = "not asked, since the request has no " + anonymous.source();
        } else {
            result = firstLine(((Authorizer.Verdict.Failed) verdict).reason());
        }
        journal.add(new Journal.Authorization(Instant.now(), request.match().routeKey(), authorizer.functionName(), result,
                millis));
        return verdict;
    }

    private Payload.Answer integrate(Payload.Request request, byte[] body, Optional<JsonNode> authorizer,
                                     Map<String, String> context) throws InterruptedException {
        RouteTable.Match match = request.match();
        FunctionPool function = lambda.find(match.integrationArn()).orElseThrow();
        if (!mayInvoke.test(match.integrationArn(), match.routeKey())) {
            return failed(context, 500, "Internal Server Error", "No AWS::Lambda::Permission lets API Gateway invoke "
                    + match.integrationArn() + " for " + match.routeKey());
        }
        long started = System.nanoTime();
        Outcome outcome = function.invoke(Payload.event(request, body, authorizer));
        context.put("integrationLatency", Long.toString((System.nanoTime() - started) / 1_000_000));
        if (outcome instanceof Outcome.Failed failed) {
            boolean busy = failed.kind() == Outcome.Kind.NO_CAPACITY;
            return failed(context, busy ? 503 : 500, busy ? "Service Unavailable" : "Internal Server Error", failed.reason());
        }
        try {
            Payload.Answer answer = Payload.answer(((Outcome.Answered) outcome).payload());
            context.put("integrationStatus", Integer.toString(answer.status()));
            return answer;
        } catch (Payload.MalformedResultException e) {
            return failed(context, 500, "Internal Server Error", e.getMessage());
        }
    }

    private Payload.Answer failed(Map<String, String> context, int status, String message, String reason) {
        context.put("integrationErrorMessage", firstLine(reason));
        log.accept(reason);
        return gatewaySays(status, message);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("-");
    }

    private static Payload.Answer gatewaySays(int status, String message) {
        return new Payload.Answer(status, List.of(new HttpField("content-type", "application/json")),
                ("{\"message\":\"" + message + "\"}").getBytes(StandardCharsets.UTF_8));
    }
}
