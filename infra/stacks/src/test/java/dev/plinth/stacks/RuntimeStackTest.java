package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.contract.Metric;
import dev.plinth.contract.Route;
import dev.plinth.contract.Service;
import dev.plinth.stacks.Synthesis.Resource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeStackTest {
    private static final String FUNCTION = "AWS::Lambda::Function";
    private static final String ROUTE = "AWS::ApiGatewayV2::Route";

    /** A caller waits for these. */
    private static final Set<Service> AWAITED =
            Set.of(Service.ORDERS, Service.IDENTITY, Service.TODOS, Service.DASHBOARD, Service.STUDIO,
                    Service.NOTIFICATIONS, Service.QUEUE_ADMIN, Service.AUTHORIZER);

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void startsWhatCallersWaitForFromSnapshotOfPublishedVersionBehindAlias(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        assertThat(AWAITED).hasSize(8).allSatisfy(service -> {
            Resource function = synthesis.function(service);
            Resource alias = synthesis.at(service.environment() + "/Live/Resource");
            Resource version = synthesis.resources("AWS::Lambda::Version").stream()
                    .filter(each -> each.properties().at("/FunctionName/Ref").asText().equals(function.logicalId()))
                    .findFirst().orElseThrow();

            assertThat(function.properties().at("/SnapStart/ApplyOn").asText()).isEqualTo("PublishedVersions");
            assertThat(alias.properties().path("Name").asText()).isEqualTo("live");
            assertThat(Synthesis.texts(alias.properties().at("/FunctionVersion/Fn::GetAtt")))
                    .containsExactly(version.logicalId(), "Version");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void startsNothingElseFromSnapshot(String stage) {
        assertThat(Synthesis.of(stage).resources(FUNCTION)).hasSize(Service.values().length)
                .filteredOn(function -> function.properties().has("SnapStart")).hasSize(AWAITED.size());
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void runsTheHandlerOfTheContractOnJava25AndArm(Service service) {
        JsonNode function = Synthesis.of("prod").function(service).properties();

        assertThat(function.path("Runtime").asText()).isEqualTo("java25");
        assertThat(Synthesis.texts(function.path("Architectures"))).containsExactly("arm64");
        assertThat(function.path("Handler").asText()).isEqualTo(service.trigger().handler());
    }

    @ParameterizedTest
    @CsvSource({"ORDERS, 10", "IDENTITY, 10", "TODOS, 10", "DASHBOARD, 10", "AUTHORIZER, 5", "IDENTITY_WORKER, 15",
            "TODOS_WORKER, 15", "STUDIO_WORKER, 60", "STUDIO, 10", "NOTIFICATIONS, 10", "QUEUE_ADMIN, 10",
            "GENERATION_WORKER, 60", "DEPLOYMENT_WORKER, 150", "WEBHOOK_WORKER, 30", "JOB_RELAY, 50",
            "OUTBOX_RELAY, 50", "TOKEN_KEYS, 60", "MIGRATIONS, 900"})
    void limitsFunctionInTimeAndMemory(Service service, int seconds) {
        JsonNode function = Synthesis.of("dev").function(service).properties();

        assertThat(function.path("Timeout").asInt()).isEqualTo(seconds);
        assertThat(function.path("MemorySize").asInt()).isEqualTo(1024);
    }

    @ParameterizedTest
    @CsvSource({"dev, 10, 5, 2", "staging, 40, 20, 5", "prod, 120, 60, 10"})
    void limitsTheConcurrencyOfWhatOpensConnections(String stage, int identity, int dashboard, int worker) {
        Map<String, Integer> reserved = Synthesis.of(stage).resources(FUNCTION).stream()
                .filter(function -> function.properties().has("ReservedConcurrentExecutions"))
                .collect(Collectors.toMap(
                        function -> function.properties().at("/Environment/Variables/MICRONAUT_ENVIRONMENTS").asText(),
                        function -> function.properties().path("ReservedConcurrentExecutions").asInt()));

        assertThat(reserved).isEqualTo(Map.of("identity", identity, "dashboard", dashboard, "identity-worker", worker,
                "outbox-relay", 1, "migrations", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void tracesEveryFunction(String stage) {
        assertThat(Synthesis.of(stage).resources(FUNCTION)).isNotEmpty().allSatisfy(function ->
                assertThat(function.properties().at("/TracingConfig/Mode").asText()).isEqualTo("Active"));
    }

    @ParameterizedTest
    @CsvSource({"dev, 7, Delete", "staging, 30, Retain", "prod, 365, Retain"})
    void logsInJsonToGroupsOfTheStagesRetention(String stage, int days, String fate) {
        Synthesis synthesis = Synthesis.of(stage);
        Set<String> used = synthesis.resources(FUNCTION).stream().map(Resource::properties)
                .peek(function -> assertThat(function.at("/LoggingConfig/LogFormat").asText()).isEqualTo("JSON"))
                .map(function -> function.at("/LoggingConfig/LogGroup/Ref").asText()).collect(Collectors.toSet());
        used.add(synthesis.resource("AWS::ApiGatewayV2::Stage").properties()
                .at("/AccessLogSettings/DestinationArn/Fn::GetAtt/0").asText());

        assertThat(synthesis.resources("AWS::Logs::LogGroup")).extracting(Resource::logicalId).containsAll(used);
        assertThat(used).hasSize(Service.values().length + 1);
        assertThat(synthesis.resources("AWS::Logs::LogGroup")).allSatisfy(group -> {
            assertThat(group.properties().path("RetentionInDays").asInt()).isEqualTo(days);
            assertThat(group.node().path("DeletionPolicy").asText()).isEqualTo(fate);
        });
    }

    @Test
    void writesAccessLogAsJsonWithoutPathAndCaller() throws JsonProcessingException {
        String format = Synthesis.of("prod").resource("AWS::ApiGatewayV2::Stage").properties()
                .at("/AccessLogSettings/Format").asText();
        JsonNode line = new ObjectMapper().readTree(format);

        assertThat(line.properties()).extracting(Map.Entry::getKey)
                .contains("requestId", "routeKey", "status", "responseLatency", "integrationErrorMessage")
                .doesNotContain("path", "sourceIp", "userAgent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void servesTheRoutesOfTheContractAndNoOther(String stage) {
        assertThat(Synthesis.of(stage).resources(ROUTE))
                .extracting(route -> route.properties().path("RouteKey").asText())
                .containsExactlyInAnyOrderElementsOf(routes().map(Route::key).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void closesEveryRouteThatTheContractDoesNotOpen(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        String authorizer = synthesis.resource("AWS::ApiGatewayV2::Authorizer").logicalId();

        // Listed here once more, so that a route is opened on purpose or not at all.
        assertThat(synthesis.resources(ROUTE))
                .filteredOn(route -> !route.properties().path("AuthorizationType").asText().equals("CUSTOM"))
                .extracting(route -> route.properties().path("RouteKey").asText())
                .containsExactlyInAnyOrder(
                        "GET /health", "GET /orders/health/check", "GET /openapi.yml", "GET /.well-known/jwks.json",
                        "POST /users", "POST /verification-codes", "POST /verifications", "POST /password-reset-codes",
                        "POST /password-resets", "POST /sessions", "POST /sessions/refresh");
        assertThat(synthesis.resources(ROUTE)).hasSize(92)
                .filteredOn(route -> route.properties().path("AuthorizationType").asText().equals("CUSTOM"))
                .allSatisfy(route -> assertThat(route.properties().at("/AuthorizerId/Ref").asText())
                        .isEqualTo(authorizer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void asksTheAuthorizerByTheTokenAndForgetsItsAnswerAfterTenSeconds(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Resource authorizer = synthesis.resource("AWS::ApiGatewayV2::Authorizer");
        JsonNode properties = authorizer.properties();
        String alias = synthesis.at("authorizer/Live/Resource").logicalId();
        JsonNode permission = synthesis.at("Api/Caller-permission").properties();

        assertThat(properties.path("AuthorizerType").asText()).isEqualTo("REQUEST");
        assertThat(properties.path("AuthorizerPayloadFormatVersion").asText()).isEqualTo("2.0");
        assertThat(properties.path("EnableSimpleResponses").asBoolean()).isTrue();
        assertThat(Synthesis.texts(properties.path("IdentitySource"))).containsExactly("$request.header.Authorization");
        assertThat(properties.path("AuthorizerResultTtlInSeconds").asInt()).isEqualTo(10);
        assertThat(synthesis.text(properties.path("AuthorizerUri"))).isEqualTo(
                "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${" + alias
                        + "}/invocations");
        assertThat(permission.at("/FunctionName/Ref").asText()).isEqualTo(alias);
        assertThat(permission.path("Principal").asText()).isEqualTo("apigateway.amazonaws.com");
        assertThat(synthesis.text(permission.path("SourceArn"))).isEqualTo(
                execution(synthesis) + "/authorizers/${" + authorizer.logicalId() + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void sendsEachRouteToTheAliasOfItsServiceInPayloadFormatTwo(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Map<String, String> expected = new TreeMap<>();
        for (Service service : Service.values()) {
            String alias = AWAITED.contains(service)
                    ? "${" + synthesis.at(service.environment() + "/Live/Resource").logicalId() + "}" : "";
            service.routes().forEach(route -> expected.put(route.key(), alias + " 2.0"));
        }
        Map<String, String> integrations = synthesis.resources("AWS::ApiGatewayV2::Integration").stream()
                .collect(Collectors.toMap(integration -> "integrations/${" + integration.logicalId() + "}",
                        integration -> synthesis.text(integration.properties().path("IntegrationUri")) + " "
                                + integration.properties().path("PayloadFormatVersion").asText()));

        assertThat(synthesis.resources(ROUTE).stream().collect(Collectors.toMap(
                route -> route.properties().path("RouteKey").asText(),
                route -> integrations.get(synthesis.text(route.properties().path("Target"))))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void letsTheApiInvokeEachAliasByItsRoutesOnly(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Set<String> expected = Arrays.stream(Service.values()).filter(service -> service != Service.STUDIO)
                .flatMap(service -> service.routes().stream().map(route ->
                        invocation(synthesis, service, route.method() + route.path()))).collect(Collectors.toSet());
        // Its 46 routes would take more than a function's policy holds, so those that begin alike are one.
        Stream.of("GET/api/profile", "PUT/api/profile", "GET/api/activity", "POST/api/teams", "GET/api/teams*",
                "PUT/api/teams*", "DELETE/api/teams*", "POST/api/projects*", "GET/api/projects*", "PUT/api/projects*",
                "DELETE/api/projects*", "POST/api/code-gen", "GET/api/code-gen*", "POST/api/deployments",
                "GET/api/deployments*", "DELETE/api/deployments/{id}")
                .forEach(part -> expected.add(invocation(synthesis, Service.STUDIO, part)));

        assertThat(invocations(synthesis)).hasSameSizeAs(expected).containsAll(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void letsTheApiInvokeTheFunctionOfEveryRoute(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        List<Pattern> allowed = invocations(synthesis).stream()
                .map(each -> Pattern.compile(Pattern.quote(each).replace("*", "\\E.*\\Q"))).toList();

        for (Service service : Service.values()) {
            assertThat(service.routes()).allSatisfy(route -> assertThat(allowed).anyMatch(pattern -> pattern.matcher(
                    invocation(synthesis, service, route.method() + route.path()).replace("/*/", "/$default/"))
                    .matches()));
        }
    }

    /** Lambda refuses a permission that takes a function's policy past 20 KB, in the middle of a deployment. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void fitsThePermissionsOfEachFunctionIntoItsPolicy(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Map<String, Integer> sizes = new TreeMap<>();
        // The names of stack and function, the account and the words of the statement are not in the template.
        invocations(synthesis).forEach(each -> sizes.merge(each.split(" by ")[0], 500 + each.length(), Integer::sum));

        assertThat(sizes).hasSize(7)
                .allSatisfy((function, size) -> assertThat(size).isLessThan(20 * 1024));
    }

    private static String invocation(Synthesis synthesis, Service service, String part) {
        return "${" + synthesis.at(service.environment() + "/Live/Resource").logicalId() + "} by "
                + execution(synthesis) + "/*/" + part;
    }

    private static List<String> invocations(Synthesis synthesis) {
        return synthesis.resources("AWS::Lambda::Permission").stream().map(Resource::properties)
                .filter(permission -> permission.path("Principal").asText().equals("apigateway.amazonaws.com"))
                .map(permission -> synthesis.text(permission.path("FunctionName")) + " by "
                        + synthesis.text(permission.path("SourceArn")))
                .filter(permission -> !permission.contains("/authorizers/")).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void countsInTheLogOfEachServiceWhatItCounts(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Set<String> expected = new HashSet<>();
        for (Metric metric : Metric.values()) {
            for (Service service : metric.services()) {
                expected.add(synthesis.function(service).properties().at("/LoggingConfig/LogGroup/Ref").asText()
                        + ": { $.metric = \"" + metric.metricName() + "\" } as Plinth/" + stage + " "
                        + metric.metricName() + " 1");
            }
        }

        assertThat(synthesis.resources("AWS::Logs::MetricFilter").stream().map(Resource::properties).map(filter -> {
            assertThat(filter.path("MetricTransformations")).hasSize(1);
            JsonNode metric = filter.at("/MetricTransformations/0");
            return filter.at("/LogGroupName/Ref").asText() + ": " + filter.path("FilterPattern").asText() + " as "
                    + metric.path("MetricNamespace").asText() + " " + metric.path("MetricName").asText() + " "
                    + metric.path("MetricValue").asText();
        })).hasSizeGreaterThan(15).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void letsOnlyServicesInvokeFunctionsAndOnlyForThisSystem(String stage) {
        assertThat(Synthesis.of(stage).resources("AWS::Lambda::Permission")).isNotEmpty().allSatisfy(permission -> {
            assertThat(permission.properties().path("Action").asText()).isEqualTo("lambda:InvokeFunction");
            assertThat(permission.properties().path("Principal").asText()).isIn("apigateway.amazonaws.com",
                    "events.amazonaws.com", "secretsmanager.amazonaws.com");
            assertThat(permission.properties().has("SourceArn") || permission.properties().has("SourceAccount"))
                    .isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource({"dev, OUTBOX_RELAY", "dev, JOB_RELAY", "staging, OUTBOX_RELAY", "staging, JOB_RELAY",
            "prod, OUTBOX_RELAY", "prod, JOB_RELAY"})
    void startsEachRelayEveryMinute(String stage, Service service) {
        Synthesis synthesis = Synthesis.of(stage);
        Resource rule = synthesis.at(service.environment() + "/Clock/Rule");
        JsonNode permission = synthesis.at(service.environment() + "/Clock/Permission").properties();
        String relay = "${" + synthesis.function(service).logicalId() + ".Arn}";

        assertThat(synthesis.resources("AWS::Events::Rule")).hasSize(2);
        assertThat(rule.properties().path("ScheduleExpression").asText()).isEqualTo("rate(1 minute)");
        assertThat(rule.properties().path("State").asText()).isEqualTo("ENABLED");
        assertThat(synthesis.text(rule.properties().at("/Targets/0/Arn"))).isEqualTo(relay);
        assertThat(synthesis.text(permission.path("FunctionName"))).isEqualTo(relay);
        assertThat(permission.path("Principal").asText()).isEqualTo("events.amazonaws.com");
        assertThat(synthesis.text(permission.path("SourceArn"))).isEqualTo("${" + rule.logicalId() + ".Arn}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void makesTheSigningKeyAtOnceAndReplacesItEvery30Days(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Resource schedule = synthesis.resource("AWS::SecretsManager::RotationSchedule");
        String keys = "${" + synthesis.function(Service.TOKEN_KEYS).logicalId() + ".Arn}";
        Resource permission = synthesis.at("token-keys/Rotation");

        assertThat(schedule.properties().at("/SecretId/Ref").asText())
                .isEqualTo(synthesis.resource("AWS::SecretsManager::Secret").logicalId());
        assertThat(schedule.properties().path("RotateImmediatelyOnUpdate").asBoolean()).isTrue();
        assertThat(schedule.properties().at("/RotationRules/AutomaticallyAfterDays").asInt()).isEqualTo(30);
        assertThat(synthesis.text(schedule.properties().path("RotationLambdaARN"))).isEqualTo(keys);
        assertThat(Synthesis.texts(schedule.node().path("DependsOn")))
                .contains(permission.logicalId(), synthesis.at("token-keys/Role/DefaultPolicy/Resource").logicalId());
        assertThat(synthesis.text(permission.properties().path("FunctionName"))).isEqualTo(keys);
        assertThat(permission.properties().path("Principal").asText()).isEqualTo("secretsmanager.amazonaws.com");
        assertThat(permission.properties().at("/SourceAccount/Ref").asText()).isEqualTo("AWS::AccountId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void givesTheSigningKeyNoValueOfTheTemplate(String stage) {
        assertThat(Synthesis.of(stage).resource("AWS::SecretsManager::Secret").properties().properties())
                .extracting(Map.Entry::getKey).containsExactly("Description");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void throttlesTheApiFarAboveFiftyClients(String stage) {
        JsonNode settings = Synthesis.of(stage).resource("AWS::ApiGatewayV2::Stage").properties()
                .path("DefaultRouteSettings");

        assertThat(settings.path("ThrottlingRateLimit").asInt()).isEqualTo(1000);
        assertThat(settings.path("ThrottlingBurstLimit").asInt()).isEqualTo(2000);
    }

    @Test
    void answersPagesOfTheDevelopersOwnMachineInDev() {
        JsonNode cors = Synthesis.of("dev").resource("AWS::ApiGatewayV2::Api").properties().path("CorsConfiguration");

        assertThat(Synthesis.texts(cors.path("AllowOrigins"))).isNotEmpty()
                .allSatisfy(origin -> assertThat(origin).matches("http://localhost:\\d+"));
        assertThat(cors.path("AllowCredentials").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "prod"})
    void answersNoCrossOriginRequestOutsideDevUnlessOriginsAreGiven(String stage) {
        assertThat(Synthesis.of(stage).resource("AWS::ApiGatewayV2::Api").properties().has("CorsConfiguration"))
                .isFalse();
    }

    @Test
    void answersTheOriginsOfTheContextWithTheHeadersOfTheService() {
        JsonNode cors = Synthesis.of(Map.of("stage", "prod", "corsOrigins", "https://shop.example"))
                .resource("AWS::ApiGatewayV2::Api").properties().path("CorsConfiguration");

        assertThat(Synthesis.texts(cors.path("AllowOrigins"))).containsExactly("https://shop.example");
        assertThat(Synthesis.texts(cors.path("AllowMethods")))
                .containsExactlyInAnyOrderElementsOf(routes().map(Route::method).distinct().toList());
        assertThat(Synthesis.texts(cors.path("AllowHeaders"))).containsExactlyInAnyOrder(
                "Content-Type", "Authorization", "If-Match", "If-None-Match", "Idempotency-Key");
        assertThat(Synthesis.texts(cors.path("ExposeHeaders"))).containsExactlyInAnyOrder(
                "ETag", "Location", "Retry-After", "Idempotency-Replayed",
                "WWW-Authenticate", "X-Request-Id", "RateLimit", "RateLimit-Policy");
        assertThat(cors.path("AllowCredentials").asBoolean()).isFalse();
    }

    @Test
    void rejectsServiceWithoutGrants() {
        assertThatThrownBy(() -> new Grants().give(Service.ORDERS, null)).hasMessage("ORDERS has no grants");
    }

    private static String execution(Synthesis synthesis) {
        return "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${"
                + synthesis.resource("AWS::ApiGatewayV2::Api").logicalId() + "}";
    }

    private static Stream<Route> routes() {
        return Arrays.stream(Service.values()).flatMap(service -> service.routes().stream());
    }
}
