package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.StackId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cloud assembly as a whole: what {@code cdk deploy --all} sees. */
class AssemblyTest {
    /** By type, the properties in which a resource would bear a name that a second stack could not have. */
    private static final Map<String, String> PHYSICAL_NAMES = Map.of(
            "AWS::DynamoDB::Table", "TableName",
            "AWS::Lambda::Function", "FunctionName",
            "AWS::IAM::Role", "RoleName",
            "AWS::Logs::LogGroup", "LogGroupName",
            "AWS::CloudWatch::Alarm", "AlarmName",
            "AWS::CloudWatch::Dashboard", "DashboardName");

    @ParameterizedTest
    @CsvSource({"dev, PlinthDev", "staging, PlinthStaging", "prod, PlinthProd"})
    void namesTheStacksByStageAtTheTopLevel(String stage, String prefix) {
        assertThat(stacks(stage).keySet())
                .containsExactlyInAnyOrder(prefix + "Tables", prefix + "Runtime", prefix + "Observability");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void namesNoAccountAndNoRegion(String stage) {
        assertThat(stacks(stage).values()).isNotEmpty().allSatisfy(stack ->
                assertThat(stack.path("environment").asText()).isEqualTo("aws://unknown-account/unknown-region"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void looksNothingUp(String stage) {
        assertThat(Synthesis.of(stage).manifest().has("missing")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void tagsEveryStackByProjectAndStage(String stage) {
        assertThat(stacks(stage).values()).isNotEmpty().allSatisfy(stack ->
                assertThat(stack.at("/properties/tags").toString())
                        .isEqualTo("{\"project\":\"plinth\",\"stage\":\"" + stage + "\"}"));
    }

    @ParameterizedTest
    @CsvSource({"dev, false", "staging, true", "prod, true"})
    void protectsStacksAgainstDeletionOutsideDev(String stage, boolean isProtected) {
        assertThat(stacks(stage).values()).isNotEmpty().allSatisfy(stack ->
                assertThat(stack.at("/properties/terminationProtection").asBoolean()).isEqualTo(isProtected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void refersFromLaterStacksToEarlierOnesOnly(String stage) {
        Map<String, JsonNode> stacks = stacks(stage);
        List<String> order = Arrays.stream(StackId.values()).map(id -> id.nameIn(stage)).toList();

        assertThat(order).allSatisfy(stack ->
                assertThat(Synthesis.texts(stacks.get(stack).path("dependencies")))
                        .filteredOn(order::contains)
                        .isSubsetOf(order.subList(0, order.indexOf(stack))));
        assertThat(Synthesis.texts(stacks.get(StackId.RUNTIME.nameIn(stage)).path("dependencies")))
                .contains(StackId.TABLES.nameIn(stage));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void leavesPhysicalNamesToCloudFormation(String stage) {
        List<Synthesis.Resource> nameable = Synthesis.of(stage).resources()
                .filter(resource -> PHYSICAL_NAMES.containsKey(resource.type())).toList();

        assertThat(nameable.stream().map(Synthesis.Resource::type).collect(Collectors.toSet()))
                .isEqualTo(PHYSICAL_NAMES.keySet());
        assertThat(nameable).noneMatch(resource -> resource.properties().has(PHYSICAL_NAMES.get(resource.type())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void runsNoCodeOfItsOwnDuringDeployment(String stage) {
        Set<String> types = Synthesis.of(stage).resources().map(Synthesis.Resource::type).collect(Collectors.toSet());

        assertThat(types).isNotEmpty().noneMatch(type -> type.startsWith("Custom::")
                || type.equals("AWS::CloudFormation::CustomResource"));
    }

    private static Map<String, JsonNode> stacks(String stage) {
        return Synthesis.of(stage).manifest().path("artifacts").properties().stream()
                .filter(artifact -> artifact.getValue().path("type").asText().equals("aws:cloudformation:stack"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
