package dev.plinth.stacks;

import dev.plinth.contract.Route;
import dev.plinth.contract.Service;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.CorsHttpMethod;
import software.amazon.awscdk.services.apigatewayv2.CorsPreflightOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * The HTTP API in front of all services: the routes of the contract and no other, throttled, with one JSON line in the
 * access log for each request.
 */
final class ServiceApi extends Construct {
    static final List<String> ALLOWED_HEADERS =
            List.of("Content-Type", "Authorization", "If-Match", "If-None-Match", "Idempotency-Key");
    static final List<String> EXPOSED_HEADERS = List.of("ETag", "Location", "Retry-After", "Idempotency-Replayed", "X-Request-Id");

    /** The route stands for the path, which holds ids of customers' orders. */
    private static final List<String> LOGGED = List.of("requestId", "requestTime", "httpMethod", "routeKey", "protocol",
            "status", "responseLength", "responseLatency", "integrationLatency", "integrationErrorMessage");

    private final HttpApi api;

    ServiceApi(Construct scope, String id, Stage stage) {
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
                        .throttlingRateLimit(stage.throttle().rate())
                        .throttlingBurstLimit(stage.throttle().burst())
                        .build())
                .accessLogSettings(CfnStage.AccessLogSettingsProperty.builder()
                        .destinationArn(logs.getLogGroupArn())
                        .format(accessLogFormat())
                        .build())
                .build();
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
    void serve(Service service, Alias function) {
        CfnIntegration integration = CfnIntegration.Builder.create(this, service.environment())
                .apiId(api.getApiId())
                .integrationType("AWS_PROXY")
                .integrationUri(function.getFunctionArn())
                .payloadFormatVersion("2.0")
                .build();
        for (Route route : service.routes()) {
            serve(route, function, "integrations/" + integration.getRef());
        }
    }

    private void serve(Route route, Alias function, String target) {
        String id = route.method() + route.path().replace('/', '-');
        CfnRoute resource = CfnRoute.Builder.create(this, id)
                .apiId(api.getApiId())
                .routeKey(route.key())
                .target(target)
                .authorizationType("NONE")
                .build();
        Reviewed.finding(resource, "AwsSolutions-APIG4",
                "No service issues tokens yet, so there is nothing to authorise by; the identity service brings both.");
        CfnPermission.Builder.create(this, id + "-permission")
                .action("lambda:InvokeFunction")
                .functionName(function.getFunctionArn())
                .principal("apigateway.amazonaws.com")
                .sourceArn(Stack.of(this).formatArn(ArnComponents.builder()
                        .service("execute-api")
                        .resource(api.getApiId())
                        .resourceName("*/" + route.method() + route.path())
                        .build()))
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
