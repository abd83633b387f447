package dev.plinth.stacks;

import dev.plinth.contract.Route;
import dev.plinth.contract.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.CorsHttpMethod;
import software.amazon.awscdk.services.apigatewayv2.CorsPreflightOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The HTTP API in front of all services: the routes of the contract and no other, throttled, with one JSON line in the
 * access log for each request.
 */
final class ServiceApi extends Construct {
    static final List<String> ALLOWED_HEADERS =
            List.of("Content-Type", "Authorization", "If-Match", "If-None-Match", "Idempotency-Key");
    static final List<String> EXPOSED_HEADERS =
            List.of("ETag", "Location", "Retry-After", "Idempotency-Replayed", "WWW-Authenticate", "X-Request-Id",
                    "RateLimit", "RateLimit-Policy");

    /** The route stands for the path, which holds ids of customers' orders. */
    private static final List<String> LOGGED = List.of("requestId", "requestTime", "httpMethod", "routeKey", "protocol",
            "status", "responseLength", "responseLatency", "integrationLatency", "integrationErrorMessage");

    /**
     * Requests in a second, sustained and at once. No stage's traffic is meant to reach it: what a flood can take is
     * bounded by the concurrency of the functions, and this bounds what it costs.
     */
    private static final int RATE = 1_000;
    private static final int BURST = 2_000;

    /** Far enough from a policy's end for the names of any stage and region. */
    private static final int MOST_PERMISSIONS = 25;

    private final HttpApi api;
    private final CfnAuthorizer authorizer;

    /** @param authorizer tells who calls a closed route */
    ServiceApi(Construct scope, String id, Stage stage, IFunction authorizer) {
        super(scope, id);
        HttpApi.Builder builder = HttpApi.Builder.create(this, "Http")
                .apiName("plinth-" + stage.name())
                .createDefaultStage(false);
        if (!stage.corsOrigins().isEmpty()) {
            builder.corsPreflight(cors(stage.corsOrigins()));
        }
        this.api = builder.build();
        LogGroup logs = LogGroup.Builder.create(this, "AccessLogs")
                .retention(stage.logRetention())
                .removalPolicy(stage.removalPolicy())
                .build();
        // The low-level stage, since Java cannot build the access log settings of the other one.
        CfnStage.Builder.create(this, "Stage")
                .apiId(api.getApiId())
                .stageName("$default")
                .autoDeploy(true)
                .defaultRouteSettings(CfnStage.RouteSettingsProperty.builder()
                        .throttlingRateLimit(RATE)
                        .throttlingBurstLimit(BURST)
                        .build())
                .accessLogSettings(CfnStage.AccessLogSettingsProperty.builder()
                        .destinationArn(logs.getLogGroupArn())
                        .format(accessLogFormat())
                        .build())
                .build();
        this.authorizer = authorizer(authorizer);
    }

    private CfnAuthorizer authorizer(IFunction function) {
        CfnAuthorizer caller = CfnAuthorizer.Builder.create(this, "Caller")
                .apiId(api.getApiId())
                .name("caller")
                .authorizerType("REQUEST")
                .authorizerPayloadFormatVersion("2.0")
                .enableSimpleResponses(true)
                // Without this header API Gateway answers 401 itself.
                .identitySource(List.of("$request.header.Authorization"))
                // How long a session that has ended may still be taken for one that has not.
                .authorizerResultTtlInSeconds(10)
                .authorizerUri(Stack.of(this).formatArn(ArnComponents.builder()
                        .service("apigateway").account("lambda").resource("path")
                        .resourceName("2015-03-31/functions/" + function.getFunctionArn() + "/invocations").build()))
                .build();
        permit("Caller-permission", function, "authorizers/" + caller.getRef());
        return caller;
    }

    // Every value is quoted: API Gateway writes a hyphen for one that is absent.
    private static String accessLogFormat() {
        return LOGGED.stream().map(name -> "\"" + name + "\":\"$context." + name + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    // Callers send tokens in a header, so no origin needs credentials mode.
    private static CorsPreflightOptions cors(List<String> origins) {
        return CorsPreflightOptions.builder()
                .allowOrigins(origins)
                .allowMethods(Stream.of(Service.values()).flatMap(service -> service.routes().stream())
                        .map(Route::method).distinct().sorted().map(CorsHttpMethod::valueOf).toList())
                .allowHeaders(ALLOWED_HEADERS)
                .exposeHeaders(EXPOSED_HEADERS)
                .maxAge(Duration.hours(1))
                .build();
    }

    /**
     * Sends the routes of a service to its function. The low-level constructs are chosen on purpose: the CDK's own
     * integration allows every method of a path, and this allows the one method of the route.
     */
    void serve(Service service, IFunction function) {
        CfnIntegration integration = CfnIntegration.Builder.create(this, service.environment())
                .apiId(api.getApiId())
                .integrationType("AWS_PROXY")
                .integrationUri(function.getFunctionArn())
                .payloadFormatVersion("2.0")
                .build();
        service.routes().forEach(route -> serve(route, "integrations/" + integration.getRef()));
        partsOf(service.routes()).forEach((id, part) -> permit(id + "-permission", function, "*/" + part));
    }

    /**
     * Returns what of the API may invoke a function, by construct id: each route by its method and path. A function's
     * policy ends at 20 KB, which forty routes fill, so where there are more, those of one method that begin alike are
     * allowed together.
     */
    static Map<String, String> partsOf(List<Route> routes) {
        Map<String, List<Route>> groups = routes.stream().collect(Collectors.groupingBy(
                route -> routes.size() <= MOST_PERMISSIONS ? route.method() + route.path() : beginningOf(route),
                TreeMap::new, Collectors.toList()));
        Map<String, String> parts = new TreeMap<>();
        groups.forEach((beginning, group) -> parts.put(beginning.replace('/', '-'),
                group.size() == 1 ? group.get(0).method() + group.get(0).path() : beginning + "*"));
        return parts;
    }

    /** Returns the method and the first two words of the path, for example {@code GET/api/projects}. */
    private static String beginningOf(Route route) {
        return Arrays.stream(route.path().split("/")).limit(3).collect(Collectors.joining("/", route.method(), ""));
    }

    private void serve(Route route, String target) {
        CfnRoute.Builder builder = CfnRoute.Builder.create(this, idOf(route))
                .apiId(api.getApiId())
                .routeKey(route.key())
                .target(target);
        if (route.access().open()) {
            Reviewed.finding(builder.authorizationType("NONE").build(), "AwsSolutions-APIG4",
                    "The contract opens this route to everybody: a caller has no token yet, or needs none.");
        } else {
            builder.authorizationType("CUSTOM").authorizerId(authorizer.getRef()).build();
        }
    }

    private static String idOf(Route route) {
        return route.method() + route.path().replace('/', '-');
    }

    /** Lets a part of the API, and no other, invoke a function. */
    private void permit(String id, IFunction function, String part) {
        CfnPermission.Builder.create(this, id)
                .action("lambda:InvokeFunction")
                .functionName(function.getFunctionArn())
                .principal("apigateway.amazonaws.com")
                .sourceArn(Stack.of(this).formatArn(ArnComponents.builder()
                        .service("execute-api").resource(api.getApiId()).resourceName(part).build()))
                .build();
    }

    /** Returns the API's base URL, without a slash at its end. */
    String url() {
        return api.getApiEndpoint();
    }

    HttpApi http() {
        return api;
    }
}
