package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings from both ends: what the stacks export, and what reaches the functions. */
class SettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void exportsEverySettingFromItsOwnerAndFromNoOtherStack(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        for (Setting setting : Setting.values()) {
            assertThat(Arrays.stream(StackId.values())
                    .filter(stack -> synthesis.template(stack).path("Outputs").has(setting.outputKey())))
                    .as(setting.outputKey()).containsExactly(setting.owner());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void exportsTheNamesOfTables(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        JsonNode outputs = synthesis.template(StackId.TABLES).path("Outputs");

        for (String table : List.of("Orders", "Todos", "TokenKeys", "Revocations", "RateLimits", "Studio/Users",
                "Studio/Projects", "Studio/Schemas", "Studio/Architectures", "Studio/CodeGenerations",
                "Studio/Deployments", "Studio/Analytics", "Studio/ActivityLogs", "Studio/Documentation", "Studio/Teams",
                "Studio/Settings", "Studio/Integrations")) {
            assertThat(outputs.at("/" + table.replace("/", "") + "TableName/Value/Ref").asText())
                    .isEqualTo(synthesis.at(table + "/Table/Resource").logicalId());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void exportsTheUrlsOfQueuesAndOfTheirDeadLetters(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        JsonNode outputs = synthesis.template(StackId.MESSAGING).path("Outputs");

        Map.of("IdentityEvents", "IdentityEvents", "TodosEvents", "TodosEvents", "StudioEvents", "StudioEvents",
                "Generation", "Generations", "Deployment", "Deployments", "Webhook", "Webhooks")
                .forEach((setting, id) -> {
                    assertThat(outputs.at("/" + setting + "QueueUrl/Value/Ref").asText())
                            .isEqualTo(synthesis.at(id + "/Queue/Resource").logicalId());
                    assertThat(outputs.at("/" + setting + "DeadLettersUrl/Value/Ref").asText())
                            .isEqualTo(synthesis.at(id + "/DeadLetters/Resource").logicalId());
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void exportsWhatTheStudioDeploysWithAndWhereItStores(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        JsonNode runtime = synthesis.template(StackId.RUNTIME).path("Outputs");

        assertThat(runtime.at("/DeploymentStackPrefix/Value").asText()).isEqualTo("plinth-" + stage + "-stacks-");
        assertThat(synthesis.text(runtime.at("/DeploymentRoleArn/Value")))
                .isEqualTo("${" + synthesis.at("Deployments/Role/Resource").logicalId() + ".Arn}");
        assertThat(synthesis.template(StackId.STORAGE).at("/Outputs/ArtifactsBucketName/Value/Ref").asText())
                .isEqualTo(synthesis.resource("AWS::S3::Bucket").logicalId());
        assertThat(synthesis.template(StackId.MESSAGING).at("/Outputs/NotificationsTopicArn/Value/Ref").asText())
                .isEqualTo(synthesis.resource("AWS::SNS::Topic").logicalId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void exportsTheEndpointOfTheApiWhichEndsWithoutSlash(String stage) {
        Synthesis synthesis = Synthesis.of(stage);

        assertThat(Synthesis.texts(synthesis.template(StackId.RUNTIME).at("/Outputs/ApiUrl/Value/Fn::GetAtt")))
                .containsExactly(synthesis.resource("AWS::ApiGatewayV2::Api").logicalId(), "ApiEndpoint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void startsOneFunctionForEachServiceWithItsSettingsAndNoOther(String stage) {
        Map<String, Set<String>> expected = Arrays.stream(Service.values()).collect(Collectors.toMap(
                Service::environment,
                service -> Stream.concat(Stream.of("MICRONAUT_ENVIRONMENTS"),
                        service.settings().stream().map(Setting::variable)).collect(Collectors.toSet())));

        assertThat(variables(stage).collect(Collectors.toMap(
                variables -> variables.path("MICRONAUT_ENVIRONMENTS").asText(),
                variables -> variables.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet()))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void bindsEverySettingOfFunctionToTheValueThatItsStackExports(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        for (Service service : Service.values()) {
            JsonNode variables = synthesis.function(service).properties().at("/Environment/Variables");
            for (Setting setting : service.settings()) {
                assertThat(synthesis.text(variables.path(setting.variable()))).as(service + " " + setting)
                        .isEqualTo(synthesis.text(synthesis.template(setting.owner())
                                .path("Outputs").path(setting.outputKey()).path("Value")));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"dev, Endpoint.Address", "staging, Endpoint", "prod, Endpoint"})
    void sendsFunctionsToTheProxyOutsideDev(String stage, String attribute) {
        Synthesis synthesis = Synthesis.of(stage);
        JsonNode outputs = synthesis.template(StackId.DATABASE).path("Outputs");

        assertThat(outputs.at("/DatabaseHost/Value/Fn::GetAtt/1").asText()).isEqualTo(attribute);
        assertThat(synthesis.text(outputs.at("/DatabaseInstanceHost/Value"))).isEqualTo(
                "${" + synthesis.resource("AWS::RDS::DBInstance").logicalId() + ".Endpoint.Address}");
    }

    @Test
    void issuesTokensThatAreNoneInAnotherStage() {
        assertThat(Stream.of("dev", "staging", "prod").map(stage ->
                Synthesis.of(stage).template(StackId.RUNTIME).at("/Outputs/TokenIssuer/Value").asText()))
                .containsExactly("urn:plinth:dev", "urn:plinth:staging", "urn:plinth:prod");
    }

    @Test
    void takesAddressesFromTheContext() {
        Synthesis synthesis = Synthesis.of(Map.of(
                "stage", "prod", "mailSender", "mail@shop.example", "operatorEmail", "ada@shop.example"));

        assertThat(synthesis.resource("AWS::SES::EmailIdentity").properties().path("EmailIdentity").asText())
                .isEqualTo("mail@shop.example");
        assertThat(synthesis.function(Service.IDENTITY).properties()
                .at("/Environment/Variables/OPERATOR_EMAIL").asText()).isEqualTo("ada@shop.example");
    }

    @Test
    void putsNoSecretIntoVariable() {
        assertThat(Stream.of("dev", "staging", "prod").flatMap(SettingsTest::variables).map(JsonNode::toString))
                .hasSize(3 * Service.values().length)
                .noneMatch(variables -> variables.contains("{{resolve:"));
    }

    private static Stream<JsonNode> variables(String stage) {
        Function<Synthesis.Resource, JsonNode> variables =
                function -> function.properties().at("/Environment/Variables");
        return Synthesis.of(stage).resources("AWS::Lambda::Function").stream().map(variables);
    }
}
