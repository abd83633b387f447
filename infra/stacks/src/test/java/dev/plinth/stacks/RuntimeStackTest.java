package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plinth.contract.Route;
import dev.plinth.contract.Service;
import dev.plinth.contract.Trigger;
import dev.plinth.stacks.Synthesis.Resource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeStackTest {
    private static final String FUNCTION = "AWS::Lambda::Function";
    private static final String ROUTE = "AWS::ApiGatewayV2::Route";

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void startsFunctionFromSnapshotOfPublishedVersionBehindAlias(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Resource function = synthesis.resource(FUNCTION);
        Resource version = synthesis.resource("AWS::Lambda::Version");
        Resource alias = synthesis.resource("AWS::Lambda::Alias");

        assertThat(function.properties().at("/SnapStart/ApplyOn").asText()).isEqualTo("PublishedVersions");
        assertThat(version.properties().at("/FunctionName/Ref").asText()).isEqualTo(function.logicalId());
        assertThat(alias.properties().path("Name").asText()).isEqualTo("live");
        assertThat(Synthesis.texts(alias.properties().at("/FunctionVersion/Fn::GetAtt")))
                .containsExactly(version.logicalId(), "Version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void runsTheHandlerOfTheContractOnJava25AndArm(String stage) {
        JsonNode function = Synthesis.of(stage).resource(FUNCTION).properties();

        assertThat(function.path("Runtime").asText()).isEqualTo("java25");
        assertThat(Synthesis.texts(function.path("Architectures"))).containsExactly("arm64");
        assertThat(function.path("Handler").asText()).isEqualTo(Trigger.HTTP.handler());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void limitsFunctionInTimeAndMemory(String stage) {
        JsonNode function = Synthesis.of(stage).resource(FUNCTION).properties();

        assertThat(function.path("Timeout").asInt()).isEqualTo(10);
        assertThat(function.path("MemorySize").asInt()).isEqualTo(1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void tracesFunction(String stage) {
        assertThat(Synthesis.of(stage).resource(FUNCTION).properties().at("/TracingConfig/Mode").asText())
                .isEqualTo("Active");
    }

    @ParameterizedTest
    @CsvSource({"dev, 7, Delete", "staging, 30, Retain", "prod, 365, Retain"})
    void logsInJsonToGroupsOfTheStagesRetention(String stage, int days, String fate) {
        Synthesis synthesis = Synthesis.of(stage);
        List<Resource> groups = synthesis.resources("AWS::Logs::LogGroup");
        JsonNode logging = synthesis.resource(FUNCTION).properties().path("LoggingConfig");
        JsonNode access = synthesis.resource("AWS::ApiGatewayV2::Stage").properties().path("AccessLogSettings");

        assertThat(logging.path("LogFormat").asText()).isEqualTo("JSON");
        assertThat(groups).extracting(Resource::logicalId).containsExactlyInAnyOrder(
                logging.at("/LogGroup/Ref").asText(), access.at("/DestinationArn/Fn::GetAtt/0").asText());
        assertThat(groups).allSatisfy(group -> {
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
    void sendsEachRouteToTheAliasInPayloadFormatTwo(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Resource integration = synthesis.resource("AWS::ApiGatewayV2::Integration");

        assertThat(integration.properties().path("PayloadFormatVersion").asText()).isEqualTo("2.0");
        assertThat(synthesis.text(integration.properties().path("IntegrationUri")))
                .isEqualTo("${" + synthesis.resource("AWS::Lambda::Alias").logicalId() + "}");
        assertThat(synthesis.resources(ROUTE)).extracting(route -> synthesis.text(route.properties().path("Target")))
                .containsOnly("integrations/${" + integration.logicalId() + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void letsTheApiInvokeTheAliasByItsRoutesOnly(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        String api = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${"
                + synthesis.resource("AWS::ApiGatewayV2::Api").logicalId() + "}/*/";
        List<Resource> permissions = synthesis.resources("AWS::Lambda::Permission");

        assertThat(permissions).extracting(permission -> synthesis.text(permission.properties().path("SourceArn")))
                .containsExactlyInAnyOrderElementsOf(
                        routes().map(route -> api + route.method() + route.path()).toList());
        assertThat(permissions).allSatisfy(permission -> {
            assertThat(permission.properties().path("Principal").asText()).isEqualTo("apigateway.amazonaws.com");
            assertThat(permission.properties().path("Action").asText()).isEqualTo("lambda:InvokeFunction");
            assertThat(permission.properties().at("/FunctionName/Ref").asText())
                    .isEqualTo(synthesis.resource("AWS::Lambda::Alias").logicalId());
        });
    }

    @ParameterizedTest
    @CsvSource({"dev, 50, 100", "staging, 100, 200", "prod, 500, 1000"})
    void throttlesTheApi(String stage, int rate, int burst) {
        JsonNode settings = Synthesis.of(stage).resource("AWS::ApiGatewayV2::Stage").properties()
                .path("DefaultRouteSettings");

        assertThat(settings.path("ThrottlingRateLimit").asInt()).isEqualTo(rate);
        assertThat(settings.path("ThrottlingBurstLimit").asInt()).isEqualTo(burst);
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
                "ETag", "Location", "Retry-After", "Idempotency-Replayed", "X-Request-Id");
        assertThat(cors.path("AllowCredentials").asBoolean()).isFalse();
    }

    @Test
    void rejectsServiceWithoutGrants() {
        assertThatThrownBy(() -> new RuntimeStack.Props(Stage.chosenBy(key -> null), new SettingValues(),
                new FunctionsJar(Synthesis.emptyJar()), Map.of()))
                .hasMessage("ORDERS has no grants");
    }

    private static Stream<Route> routes() {
        return Arrays.stream(Service.values()).flatMap(service -> service.routes().stream());
    }
}
