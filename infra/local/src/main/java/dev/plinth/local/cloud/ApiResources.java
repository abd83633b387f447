package dev.plinth.local.cloud;

import dev.plinth.local.door.Account;
import dev.plinth.local.httpapi.Authorizer;
import dev.plinth.local.httpapi.Cors;
import dev.plinth.local.httpapi.HttpApi;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.lambda.FunctionPool;
import dev.plinth.local.lambda.Lambda;
import dev.plinth.local.net.LoopbackServer;
import dev.plinth.local.template.CreatedResource;
import dev.plinth.local.template.Properties;
import dev.plinth.local.template.ResourceDefinition;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP APIs with their stages, routes, integrations and authorizers. */
final class ApiResources implements Closeable {
    private static final String API_GATEWAY = "apigateway.amazonaws.com";
    private static final Pattern INVOCATIONS =
            Pattern.compile("arn:aws:apigateway:[^:]+:lambda:path/2015-03-31/functions/(.+)/invocations");
    private static final Duration LONGEST_CACHED = Duration.ofHours(1);

    private final Account account;
    private final FunctionResources functions;
    private final Lambda lambda;
    private final Journal journal;
    private final Progress progress;
    private final int firstPort;
    private final Map<String, Served> apis = new LinkedHashMap<>();
    private final Map<String, String> integrations = new LinkedHashMap<>();
    private final Map<String, Authorizer> authorizers = new LinkedHashMap<>();

    private record Served(HttpApi api, LoopbackServer server) {
    }

    /** @param firstPort the port of the first API, or 0 for a free one; further ones get free ones */
    ApiResources(Account account, FunctionResources functions, Lambda lambda, Journal journal, Progress progress, int firstPort) {
        this.account = account;
        this.functions = functions;
        this.lambda = lambda;
        this.journal = journal;
        this.progress = progress;
        this.firstPort = firstPort;
    }

    CreatedResource createApi(ResourceDefinition resource) {
        Properties properties = resource.properties();
        properties.oneOf("ProtocolType", "HTTP");
        properties.ignored("Name", "text for people");
        properties.ignored("Description", "text for people");
        properties.ignored("Tags", "nothing reads tags here");
        String id = PhysicalNames.id(resource.stackName(), resource.logicalId());
        HttpApi api = new HttpApi(account.id(), id, lambda, journal, line -> progress.line("api", line));
        api.permit((functionArn, routeKey) -> functions.mayInvoke(functionArn, API_GATEWAY,
                account.arn("execute-api", id + "/$default/" + routeKey.replaceFirst(" ", ""))));
        properties.optionalObject("CorsConfiguration").map(ApiResources::cors).ifPresent(api::allowOrigins);
        try {
            LoopbackServer server = LoopbackServer.start("the HTTP API", "--api-port", apis.isEmpty() ? firstPort : 0, api::answer);
            apis.put(id, new Served(api, server));
            return new CreatedResource(id, Map.of("ApiId", id, "ApiEndpoint", server.url()));
        } catch (IOException e) {
            throw new LaptopCloud.StartException(e.getMessage());
        }
    }

    private static Cors cors(Properties configuration) {
        return new Cors(configuration.strings("AllowOrigins"), configuration.strings("AllowMethods"),
                configuration.strings("AllowHeaders"), configuration.strings("ExposeHeaders"),
                configuration.optionalBool("AllowCredentials").orElse(false), configuration.optionalInteger("MaxAge"));
    }

    CreatedResource createStage(ResourceDefinition resource) {
        Properties properties = resource.properties();
        HttpApi api = api(properties);
        properties.oneOf("StageName", "$default");
        Optional<Properties> settings = properties.optionalObject("DefaultRouteSettings");
        settings.flatMap(route -> route.optionalDecimal("ThrottlingRateLimit")).ifPresent(rate ->
                api.throttle(rate.doubleValue(), settings.get().integer("ThrottlingBurstLimit")));
        settings.ifPresent(route -> route.ignored("DetailedMetricsEnabled", "no metrics are kept"));
        properties.optionalObject("AccessLogSettings").ifPresent(log -> {
            log.ignored("DestinationArn", "log lines go to the terminal");
            api.logAccess(log.string("Format"));
        });
        properties.ignored("AutoDeploy", "the routes of the template are served at once");
        properties.ignored("Description", "text for people");
        properties.ignored("Tags", "nothing reads tags here");
        return new CreatedResource("$default", Map.of());
    }

    CreatedResource createIntegration(ResourceDefinition resource) {
        Properties properties = resource.properties();
        api(properties);
        properties.oneOf("IntegrationType", "AWS_PROXY");
        properties.oneOf("PayloadFormatVersion", "2.0").orElseThrow(() -> properties.refuse("PayloadFormatVersion", "2.0"));
        String functionArn = properties.string("IntegrationUri");
        if (lambda.find(functionArn).isEmpty()) {
            throw properties.refuse("IntegrationUri", "a function of these templates");
        }
        String id = PhysicalNames.id(resource.stackName(), resource.logicalId());
        integrations.put(id, functionArn);
        return new CreatedResource(id, Map.of());
    }

    CreatedResource createAuthorizer(ResourceDefinition resource) {
        Properties properties = resource.properties();
        api(properties);
        String apiId = properties.string("ApiId");
        properties.ignored("Name", "text for people");
        require(properties, "AuthorizerType", "REQUEST");
        require(properties, "AuthorizerPayloadFormatVersion", "2.0");
        require(properties, "EnableSimpleResponses", "true");
        String functionArn = functionOf(properties.string("AuthorizerUri"));
        FunctionPool function = lambda.find(functionArn).orElseThrow(() ->
                properties.refuse("AuthorizerUri", "the invocation path of a function of these templates"));
        String id = PhysicalNames.id(resource.stackName(), resource.logicalId());
        // AWS makes 300 s of an absent value in one tool and none in another; a template has to say it.
        Duration timeToLive = Duration.ofSeconds(properties.integer("AuthorizerResultTtlInSeconds"));
        List<String> sources = properties.strings("IdentitySource");
        if (timeToLive.isNegative() || timeToLive.compareTo(LONGEST_CACHED) > 0) {
            throw properties.refuse("AuthorizerResultTtlInSeconds", "0 to " + LONGEST_CACHED.toSeconds());
        }
        if (sources.isEmpty() && !timeToLive.isZero()) {
            throw properties.refuse("IdentitySource", "one source or more, since the results are cached by them");
        }
        try {
            authorizers.put(id, new Authorizer(function, account.arn("execute-api", apiId + "/$default"),
                    () -> functions.mayInvoke(functionArn, API_GATEWAY,
                            account.arn("execute-api", apiId + "/authorizers/" + id)),
                    sources, timeToLive, System::nanoTime));
        } catch (IllegalArgumentException e) {
            throw properties.refuse("IdentitySource", e.getMessage());
        }
        return new CreatedResource(id, Map.of("AuthorizerId", id));
    }

    private static void require(Properties properties, String name, String value) {
        properties.oneOf(name, value).orElseThrow(() -> properties.refuse(name, value));
    }

    /** Returns the function's ARN in a URI of API Gateway's, or the URI itself when it holds none. */
    private static String functionOf(String uri) {
        Matcher matcher = INVOCATIONS.matcher(uri);
        return matcher.matches() ? matcher.group(1) : uri;
    }

    CreatedResource createRoute(ResourceDefinition resource) {
        Properties properties = resource.properties();
        HttpApi api = api(properties);
        String functionArn = integrations.get(properties.string("Target").replaceFirst("integrations/", ""));
        if (functionArn == null) {
            throw properties.refuse("Target", "an integration of these templates");
        }
        String routeKey = properties.string("RouteKey");
        try {
            api.route(routeKey, functionArn);
        } catch (IllegalArgumentException e) {
            throw properties.refuse("RouteKey", e.getMessage());
        }
        if (properties.oneOf("AuthorizationType", "NONE", "CUSTOM").filter("CUSTOM"::equals).isPresent()) {
            Authorizer authorizer = authorizers.get(properties.string("AuthorizerId"));
            if (authorizer == null) {
                throw properties.refuse("AuthorizerId", "an authorizer of these templates");
            }
            api.close(routeKey, authorizer);
        }
        return new CreatedResource(PhysicalNames.id(resource.stackName(), resource.logicalId()), Map.of());
    }

    private HttpApi api(Properties properties) {
        Served served = apis.get(properties.string("ApiId"));
        if (served == null) {
            throw properties.refuse("ApiId", "an API of these templates");
        }
        return served.api();
    }

    @Override
    public void close() throws IOException {
        for (Served served : apis.values()) {
            served.server().close();
        }
    }
}
