package dev.plinth.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import dev.plinth.contract.Role;
import dev.plinth.contract.Route;
import dev.plinth.contract.Service;
import dev.plinth.contract.Trigger;
import dev.plinth.failure.Failure;
import dev.plinth.functions.caller.AuthorizerContext;
import dev.plinth.functions.caller.Door;
import dev.plinth.functions.caller.Origin;
import dev.plinth.functions.checkpoint.Rehearsal;
import dev.plinth.functions.limits.RateLimiter;
import dev.plinth.functions.problem.Problem;
import dev.plinth.functions.problem.Problems;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.proxy.payload1.ApiGatewayProxyRequestEventFunction;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The handler of every function behind the HTTP API: an event of payload format 2.0 in, an answer of the same format
 * out. Which service it is, the environment decides. It always answers: an error becomes a problem document, so that
 * API Gateway never has to make one up.
 *
 * <p>Safe for use by several threads. The name is part of the contract: {@link Trigger#HTTP}.
 */
public final class HttpFunction implements RequestStreamHandler, Resource, AutoCloseable {
    /** For a function that starts no service: tests of what all functions share. */
    private static final int SMALLEST_LIMIT = Service.ORDERS.maxBodyBytes();

    /**
     * Micronaut registers the Lambda context and its parts as new singletons at every invocation. They are never
     * removed and each one empties the bean caches, so calls grow slower without end. What a service may know is in the
     * request.
     */
    private static final Context NO_LAMBDA_CONTEXT = null;

    private static final Logger LOG = LoggerFactory.getLogger(HttpFunction.class);

    /** Answers are for one caller and one moment; a route that may be cached says so itself. */
    private static final Map<String, String> USUAL_HEADERS =
            Map.of("cache-control", "no-store", "x-content-type-options", "nosniff");

    /** Lets every request pass: those of the rehearsal are nobody's. */
    private static final Limits NO_LIMITS = (origin, route, headers) -> { };

    /** Decides, as {@link RateLimiter#admit} does, whether a request is one too many. */
    @FunctionalInterface
    private interface Limits {
        void admit(Origin origin, Route route, BiConsumer<String, String> headers);
    }

    private final ApplicationContext context;
    private final List<Route> routes;
    private final Map<String, Route> routesByKey;

    /** Bodies above it are refused before they are parsed. */
    private final int maxBodyBytes;
    private final Door door;
    private final Limits limits;
    private final JsonMapper json;
    private final Problems problems;
    private final ApiGatewayProxyRequestEventFunction proxy;

    /** Called by Lambda, once a process. */
    public HttpFunction() {
        this(System.getenv());
    }

    /**
     * Starts a function.
     *
     * @param environment the function's environment variables
     * @throws IllegalStateException when a setting is missing, naming its variable
     */
    public HttpFunction(Map<String, String> environment) {
        this(Settings.of(environment), Door::of);
    }

    /** Starts a function with another door than that of its service, for tests of what is behind it. */
    HttpFunction(Settings settings, Function<List<Route>, Door> door) {
        List<Service> services = Arrays.stream(Service.values())
                .filter(service -> settings.environments().contains(service.environment()))
                .toList();
        this.routes = services.stream().flatMap(service -> service.routes().stream()).toList();
        this.maxBodyBytes = services.stream().mapToInt(Service::maxBodyBytes).max().orElse(SMALLEST_LIMIT);
        this.routesByKey = routes.stream().collect(Collectors.toUnmodifiableMap(Route::key, Function.identity()));
        this.door = door.apply(routes);
        this.context = FunctionContext.start(settings);
        this.json = context.getBean(JsonMapper.class);
        this.problems = context.getBean(Problems.class);
        // Every service with routes has the table in which requests are counted; what has none is a test's.
        this.limits = routes.isEmpty() ? NO_LIMITS : context.getBean(RateLimiter.class)::admit;
        this.proxy = new ApiGatewayProxyRequestEventFunction(context);
        Core.getGlobalContext().register(this);
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context lambda) throws IOException {
        HttpApiEvent event = json.readValue(input, HttpApiEvent.class);
        output.write(json.writeValueAsBytes(handle(event, lambda.getAwsRequestId(), limits)));
    }

    private HttpApiResponse handle(HttpApiEvent event, String requestId, Limits limits) throws IOException {
        long start = System.nanoTime();
        String method = event.method();
        Map<String, String> limitHeaders = new TreeMap<>();
        MDC.put("requestId", requestId);
        try {
            HttpApiResponse response =
                    withUsualHeaders(answer(event, requestId, limits, limitHeaders), requestId, limitHeaders);
            LOG.atInfo()
                    .addKeyValue("method", method)
                    .addKeyValue("route", event.route())
                    .addKeyValue("status", response.statusCode())
                    .addKeyValue("durationMs", TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start) / 1000.0)
                    .log("request handled");
            return response;
        } finally {
            MDC.remove("requestId");
        }
    }

    private HttpApiResponse answer(HttpApiEvent event, String requestId, Limits limits,
                                   Map<String, String> limitHeaders) throws IOException {
        try {
            // First of all, so that a stranger learns nothing of what a closed route thinks of their request.
            Origin origin = new Origin(door.admit(event.routeKey(), event.authorizerContext()), event.client());
            limits.admit(origin, route(event), limitHeaders::put);
            byte[] body = ProxyRequest.body(event);
            if (body.length > maxBodyBytes) {
                return problem(problems.tooLarge(maxBodyBytes, requestId));
            }
            Map<String, String> extra = Map.of(Problems.REQUEST_ID, requestId);
            APIGatewayProxyRequestEvent request = origin.on(ProxyRequest.of(event, body, extra));
            return HttpApiResponse.of(proxy.handleRequest(request, NO_LAMBDA_CONTEXT));
        } catch (Failure failure) {
            return problem(problems.answer(failure, requestId));
        } catch (RuntimeException unexpected) {
            return problem(problems.unexpected(unexpected, requestId));
        }
    }

    /** Returns the route that API Gateway chose; for one that nobody listed, a stand-in for all of its method. */
    private Route route(HttpApiEvent event) {
        Route listed = event.routeKey() == null ? null : routesByKey.get(event.routeKey());
        return listed != null ? listed : Route.closed(event.method() + " /", Role.values());
    }

    private HttpApiResponse problem(MutableHttpResponse<Problem> answer) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        answer.getHeaders().forEachValue((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return new HttpApiResponse(answer.code(), headers, List.of(), json.writeValueAsString(answer.body()), false);
    }

    private static HttpApiResponse withUsualHeaders(HttpApiResponse response, String requestId,
                                                    Map<String, String> more) {
        Map<String, String> headers = new TreeMap<>(USUAL_HEADERS);
        headers.putAll(more);
        headers.putAll(response.headers());
        headers.put(Problems.REQUEST_ID.toLowerCase(Locale.ROOT), requestId);
        return new HttpApiResponse(response.statusCode(), headers, response.cookies(), response.body(),
                response.isBase64Encoded());
    }

    /** Exercises the function, so that what the snapshot holds has every class loaded; see {@link Rehearsal}. */
    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> checkpoint) {
        context.getBean(Rehearsal.class).run(routes, this::rehearse);
    }

    /** Does nothing: the first caller waits for it. Clients renew their connections and credentials by themselves. */
    @Override
    public void afterRestore(org.crac.Context<? extends Resource> checkpoint) {
        // Deliberately nothing; see above.
    }

    private int rehearse(Route route, String path, String body) {
        HttpApiEvent event = new HttpApiEvent(route.key(), path, "", List.of(),
                Map.of("accept", "*/*", "content-type", "application/json"),
                new HttpApiEvent.RequestContext(new HttpApiEvent.Http(route.method(), "192.0.2.0", "rehearsal"),
                        new HttpApiEvent.Authorizer(Rehearsal.caller(route).map(AuthorizerContext::of).orElse(null))),
                body, false);
        try {
            byte[] sent = json.writeValueAsBytes(event);
            HttpApiEvent received = json.readValue(new ByteArrayInputStream(sent), HttpApiEvent.class);
            HttpApiResponse response = handle(received, "rehearsal", NO_LIMITS);
            json.writeValueAsBytes(response);
            return response.statusCode();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    ApplicationContext context() {
        return context;
    }

    /** Stops the application context. Lambda never does; tests and programs that start several functions do. */
    @Override
    public void close() {
        context.close();
    }
}
