package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    void exportsTheNameOfTheTable(String stage) {
        Synthesis synthesis = Synthesis.of(stage);

        assertThat(synthesis.template(StackId.TABLES).at("/Outputs/OrdersTableName/Value/Ref").asText())
                .isEqualTo(synthesis.resource("AWS::DynamoDB::Table").logicalId());
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
    void bindsTheTableOfFunctionToTheOneThatItsStackExports(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Map<String, String> exported = synthesis.template(StackId.TABLES).path("Outputs").properties().stream()
                .map(Map.Entry::getValue).filter(output -> output.has("Export"))
                .collect(Collectors.toMap(output -> output.at("/Export/Name").asText(),
                        output -> output.at("/Value").toString()));

        assertThat(variables(stage).map(variables -> variables.at("/ORDERS_TABLE_NAME/Fn::ImportValue").asText())
                .map(exported::get))
                .containsExactly("{\"Ref\":\"" + synthesis.resource("AWS::DynamoDB::Table").logicalId() + "\"}");
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
