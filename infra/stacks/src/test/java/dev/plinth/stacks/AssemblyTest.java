package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.Service;
import dev.plinth.contract.StackId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cloud assembly as a whole: what {@code cdk deploy --all} sees. */
class AssemblyTest {
    /** By type, the properties in which a resource would bear a name that a second stack could not have. */
    private static final Map<String, String> PHYSICAL_NAMES = Map.ofEntries(
            Map.entry("AWS::DynamoDB::Table", "TableName"),
            Map.entry("AWS::Lambda::Function", "FunctionName"),
            Map.entry("AWS::IAM::Role", "RoleName"),
            Map.entry("AWS::Logs::LogGroup", "LogGroupName"),
            Map.entry("AWS::CloudWatch::Alarm", "AlarmName"),
            Map.entry("AWS::CloudWatch::Dashboard", "DashboardName"),
            Map.entry("AWS::EC2::SecurityGroup", "GroupName"),
            Map.entry("AWS::ElastiCache::ParameterGroup", "CacheParameterGroupName"),
            Map.entry("AWS::ElastiCache::ReplicationGroup", "ReplicationGroupId"),
            Map.entry("AWS::ElastiCache::SubnetGroup", "CacheSubnetGroupName"),
            Map.entry("AWS::ElastiCache::UserGroup", "UserGroupId"),
            Map.entry("AWS::Events::Rule", "Name"),
            Map.entry("AWS::RDS::DBInstance", "DBInstanceIdentifier"),
            Map.entry("AWS::RDS::DBParameterGroup", "DBParameterGroupName"),
            Map.entry("AWS::RDS::DBSubnetGroup", "DBSubnetGroupName"),
            Map.entry("AWS::SecretsManager::Secret", "Name"),
            Map.entry("AWS::SES::ConfigurationSet", "Name"),
            Map.entry("AWS::S3::Bucket", "BucketName"),
            Map.entry("AWS::SNS::Topic", "TopicName"),
            Map.entry("AWS::SQS::Queue", "QueueName"));

    @ParameterizedTest
    @CsvSource({"dev, PlinthDev", "staging, PlinthStaging", "prod, PlinthProd"})
    void namesTheStacksByStageAtTheTopLevel(String stage, String prefix) {
        assertThat(stacks(stage).keySet())
                .containsExactlyInAnyOrder(prefix + "Network", prefix + "Database", prefix + "Cache", prefix + "Tables",
                        prefix + "Storage", prefix + "Messaging", prefix + "Runtime", prefix + "Observability");
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
                .contains(StackId.TABLES.nameIn(stage), StackId.DATABASE.nameIn(stage), StackId.CACHE.nameIn(stage),
                        StackId.STORAGE.nameIn(stage), StackId.MESSAGING.nameIn(stage));
    }

    /** CloudFormation's quotas: what is past them is refused while it is deployed. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void staysWithinTheQuotasOfCloudFormation(String stage) {
        for (StackId stack : StackId.values()) {
            JsonNode template = Synthesis.of(stage).template(stack);

            assertThat(template.path("Resources").size()).as(stack.name()).isBetween(1, 500);
            assertThat(template.path("Outputs").size()).as(stack.name()).isLessThanOrEqualTo(200);
            assertThat(template.toString().getBytes(StandardCharsets.UTF_8)).as(stack.name())
                    .hasSizeLessThan(1_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void leavesPhysicalNamesToCloudFormationButForThoseThatSomethingHasToKnow(String stage) {
        List<Synthesis.Resource> nameable = Synthesis.of(stage).resources()
                .filter(resource -> PHYSICAL_NAMES.containsKey(resource.type())).toList();
        String name = "plinth-" + stage;

        assertThat(nameable.stream().map(Synthesis.Resource::type).collect(Collectors.toSet()))
                .isEqualTo(PHYSICAL_NAMES.keySet());
        assertThat(nameable.stream().map(resource -> resource.properties().path(PHYSICAL_NAMES.get(resource.type())))
                .filter(JsonNode::isTextual).map(JsonNode::asText))
                .containsExactlyInAnyOrder(
                        // The instance, whose log groups contain its name.
                        name, "/aws/rds/instance/" + name + "/postgresql", "/aws/rds/instance/" + name + "/upgrade",
                        // The cache, for which functions make tokens, and the group of its users, which needs an id.
                        name, name,
                        // Queues, which their dead-letter queues name.
                        name + "-identity-worker", name + "-todos-worker", name + "-studio-worker",
                        name + "-generation-worker", name + "-deployment-worker", name + "-webhook-worker");
    }

    /** The role of what the studio deploys reaches by its prefix, which must be nobody else's. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void namesNothingOfItsOwnAsWhatTheStudioDeploys(String stage) {
        String prefix = Synthesis.of(stage).template(StackId.RUNTIME)
                .at("/Outputs/DeploymentStackPrefix/Value").asText();

        assertThat(prefix).isNotEmpty();
        assertThat(Synthesis.of(stage).resources().filter(resource -> PHYSICAL_NAMES.containsKey(resource.type()))
                .map(resource -> resource.properties().path(PHYSICAL_NAMES.get(resource.type())).asText()))
                .contains("plinth-" + stage + "-studio-worker")
                .noneMatch(name -> name.startsWith(prefix));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void runsNoCodeDuringDeploymentButTheMigrations(String stage) {
        assertThat(Synthesis.of(stage).resources().map(Synthesis.Resource::type)
                .filter(type -> type.startsWith("Custom::") || type.equals("AWS::CloudFormation::CustomResource")))
                .containsExactly("Custom::Migrations");
        assertThat(Synthesis.of(stage).resources("AWS::Lambda::Function")).hasSize(Service.values().length)
                .allSatisfy(function -> assertThat(function.properties().path("Runtime").asText()).isEqualTo("java25"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void holdsNoSecretInAnyTemplate(String stage) {
        for (StackId stack : StackId.values()) {
            assertThat(Synthesis.of(stage).template(stack).toString()).as(stack.name())
                    .doesNotContain("{{resolve:", "GenerateSecretString", "SecretString\"", "MasterUserPassword\":\"",
                            "AuthToken", "\"Passwords\"", "PRIVATE KEY");
        }
    }

    private static Map<String, JsonNode> stacks(String stage) {
        return Synthesis.of(stage).manifest().path("artifacts").properties().stream()
                .filter(artifact -> artifact.getValue().path("type").asText().equals("aws:cloudformation:stack"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
