package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, read from the templates. */
class PermissionsTest {
    private static final String ROLE = "AWS::IAM::Role";
    private static final String POLICY = "AWS::IAM::Policy";

    private record Statement(String effect, Set<String> actions, Set<String> resources) {
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void allowsOrdersFunctionItsTableTwoIndexesItsLogsAndTraces(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        String table = "${" + synthesis.resource("AWS::DynamoDB::Table").logicalId() + ".Arn}";
        String logs = "${" + synthesis.resource("AWS::Lambda::Function").properties()
                .at("/LoggingConfig/LogGroup/Ref").asText() + ".Arn}";

        assertThat(statements(synthesis)).containsExactlyInAnyOrder(
                allow(Set.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"), Set.of(table)),
                allow(Set.of("dynamodb:Query"),
                        Set.of(table + "/index/OrdersByStatusIndex", table + "/index/OrdersByCustomerIndex")),
                allow(Set.of("logs:CreateLogStream", "logs:PutLogEvents"), Set.of(logs)),
                allow(Set.of("xray:PutTraceSegments", "xray:PutTelemetryRecords"), Set.of("*")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void givesEachFunctionRoleOfItsOwnWithoutManagedPolicies(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        List<String> roles = synthesis.resources("AWS::Lambda::Function").stream()
                .map(function -> synthesis.text(function.properties().path("Role"))).toList();

        assertThat(roles).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(
                synthesis.resources(ROLE).stream().map(role -> "${" + role.logicalId() + ".Arn}").toList());
        assertThat(synthesis.resources(ROLE))
                .allSatisfy(role -> assertThat(role.properties().has("ManagedPolicyArns")).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void letsLambdaAssumeTheRolesAndNobodyElse(String stage) {
        assertThat(Synthesis.of(stage).resources(ROLE)).isNotEmpty().allSatisfy(role ->
                assertThat(role.properties().at("/AssumeRolePolicyDocument/Statement").toString()).isEqualTo(
                        "[{\"Action\":\"sts:AssumeRole\",\"Effect\":\"Allow\","
                                + "\"Principal\":{\"Service\":\"lambda.amazonaws.com\"}}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void allowsNoActionByWildcard(String stage) {
        assertThat(statements(Synthesis.of(stage)).flatMap(statement -> statement.actions().stream()))
                .isNotEmpty().noneMatch(action -> action.contains("*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void opensNothingToThePublicButTheApi(String stage) {
        // Whoever adds a type that the internet or another account can reach has to come by here.
        assertThat(Synthesis.of(stage).resources().map(Synthesis.Resource::type).distinct()).containsExactlyInAnyOrder(
                "AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Integration", "AWS::ApiGatewayV2::Route",
                "AWS::ApiGatewayV2::Stage", "AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard",
                "AWS::DynamoDB::Table", "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::Lambda::Alias",
                "AWS::Lambda::Function", "AWS::Lambda::Permission", "AWS::Lambda::Version", "AWS::Logs::LogGroup");
    }

    private static Statement allow(Set<String> actions, Set<String> resources) {
        return new Statement("Allow", new TreeSet<>(actions), new TreeSet<>(resources));
    }

    private static Stream<Statement> statements(Synthesis synthesis) {
        return synthesis.resources(POLICY).stream()
                .flatMap(policy -> Synthesis.elements(policy.properties().at("/PolicyDocument/Statement")))
                .map(statement -> new Statement(statement.path("Effect").asText(),
                        texts(synthesis, statement.path("Action")), texts(synthesis, statement.path("Resource"))));
    }

    private static Set<String> texts(Synthesis synthesis, JsonNode oneOrMany) {
        Stream<JsonNode> values = oneOrMany.isArray() ? Synthesis.elements(oneOrMany) : Stream.of(oneOrMany);
        return new TreeSet<>(values.map(synthesis::text).toList());
    }
}
