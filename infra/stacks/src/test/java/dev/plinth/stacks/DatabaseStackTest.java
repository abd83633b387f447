package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.Service;
import dev.plinth.contract.StackId;
import dev.plinth.stacks.Synthesis.Resource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseStackTest {
    private static final String INSTANCE = "AWS::RDS::DBInstance";
    private static final String PROXY = "AWS::RDS::DBProxy";

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void encryptsAndIsReachableFromInsideOnly(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        JsonNode instance = synthesis.resource(INSTANCE).properties();
        JsonNode subnets = synthesis.resource("AWS::RDS::DBSubnetGroup").properties();

        assertThat(instance.path("StorageEncrypted").asBoolean()).isTrue();
        assertThat(instance.path("PubliclyAccessible").asBoolean(true)).isFalse();
        assertThat(instance.at("/DBSubnetGroupName/Ref").asText())
                .isEqualTo(synthesis.resource("AWS::RDS::DBSubnetGroup").logicalId());
        assertThat(Synthesis.elements(subnets.path("SubnetIds")).map(synthesis::text)).isNotEmpty()
                .allMatch(subnet -> subnet.contains("data"));
        assertThat(Synthesis.elements(instance.path("VPCSecurityGroups")).map(synthesis::text))
                .containsExactly("${" + synthesis.at("Peers/Database").logicalId() + ".GroupId}");
    }

    @ParameterizedTest
    @CsvSource({"dev, 70", "staging, 200", "prod, 500"})
    void forcesTlsAndLogsSlowStatementsWithoutTheirValues(String stage, String connections) {
        Resource group = Synthesis.of(stage).resource("AWS::RDS::DBParameterGroup");
        JsonNode parameters = group.properties().path("Parameters");

        assertThat(group.properties().path("Family").asText()).isEqualTo("postgres17");
        assertThat(parameters.path("rds.force_ssl").asText()).isEqualTo("1");
        assertThat(parameters.path("max_connections").asText()).isEqualTo(connections);
        assertThat(parameters.path("log_min_duration_statement").asText()).isEqualTo("1000");
        assertThat(parameters.path("log_parameter_max_length").asText()).isEqualTo("0");
        assertThat(parameters.path("log_parameter_max_length_on_error").asText()).isEqualTo("0");
        assertThat(Synthesis.of(stage).resource(INSTANCE).properties().at("/DBParameterGroupName/Ref").asText())
                .isEqualTo(group.logicalId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void signsServicesInByIamAndLeavesTheAdministratorsPasswordToRds(String stage) {
        JsonNode instance = Synthesis.of(stage).resource(INSTANCE).properties();

        assertThat(instance.path("EnableIAMDatabaseAuthentication").asBoolean()).isTrue();
        assertThat(instance.path("ManageMasterUserPassword").asBoolean()).isTrue();
        assertThat(instance.has("MasterUserPassword")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"dev, 3", "staging, 14", "prod, 35"})
    void keepsBackupsForDays(String stage, int days) {
        JsonNode instance = Synthesis.of(stage).resource(INSTANCE).properties();

        assertThat(instance.path("BackupRetentionPeriod").asInt()).isEqualTo(days);
        assertThat(instance.path("CopyTagsToSnapshot").asBoolean()).isTrue();
        assertThat(instance.path("AutoMinorVersionUpgrade").asBoolean()).isTrue();
        assertThat(instance.path("MaxAllocatedStorage").asInt())
                .isGreaterThan(instance.path("AllocatedStorage").asInt());
    }

    @ParameterizedTest
    @CsvSource({"dev, false, Delete", "staging, true, Retain", "prod, true, Retain"})
    void survivesZonesAndDeletionOutsideDev(String stage, boolean lasting, String fate) {
        Resource instance = Synthesis.of(stage).resource(INSTANCE);

        assertThat(instance.properties().path("MultiAZ").asBoolean()).isEqualTo(lasting);
        assertThat(instance.properties().path("DeletionProtection").asBoolean()).isEqualTo(lasting);
        assertThat(instance.properties().path("DeleteAutomatedBackups").asBoolean()).isEqualTo(!lasting);
        assertThat(instance.node().path("DeletionPolicy").asText()).isEqualTo(fate);
        assertThat(instance.node().path("UpdateReplacePolicy").asText()).isEqualTo(fate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void showsWhatPostgreSqlIsBusyWith(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Resource instance = synthesis.resource(INSTANCE);
        Map<String, String> groups = synthesis.resources("AWS::Logs::LogGroup").stream()
                .filter(group -> group.properties().has("LogGroupName"))
                .collect(Collectors.toMap(
                        group -> group.properties().path("LogGroupName").asText(), Resource::logicalId));

        assertThat(instance.properties().path("EnablePerformanceInsights").asBoolean()).isTrue();
        assertThat(instance.properties().path("PerformanceInsightsRetentionPeriod").asInt()).isEqualTo(7);
        assertThat(Synthesis.texts(instance.properties().path("EnableCloudwatchLogsExports")))
                .containsExactlyInAnyOrder("postgresql", "upgrade");
        // RDS would make groups that keep logs for ever if these did not exist before it.
        assertThat(groups.keySet()).containsExactlyInAnyOrder("/aws/rds/instance/plinth-" + stage + "/postgresql",
                "/aws/rds/instance/plinth-" + stage + "/upgrade");
        assertThat(instance.properties().path("DBInstanceIdentifier").asText()).isEqualTo("plinth-" + stage);
        assertThat(Synthesis.texts(instance.node().path("DependsOn"))).containsAll(groups.values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "prod"})
    void lendsConnectionsByProxyThatKnowsNoPassword(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        JsonNode proxy = synthesis.resource(PROXY).properties();
        JsonNode target = synthesis.resource("AWS::RDS::DBProxyTargetGroup").properties();

        assertThat(proxy.path("DefaultAuthScheme").asText()).isEqualTo("IAM_AUTH");
        assertThat(proxy.has("Auth")).isFalse();
        assertThat(proxy.path("RequireTLS").asBoolean()).isTrue();
        assertThat(Synthesis.elements(proxy.path("VpcSubnetIds")).map(synthesis::text)).hasSizeGreaterThan(1)
                .allMatch(subnet -> subnet.contains("data"));
        assertThat(Synthesis.elements(proxy.path("VpcSecurityGroupIds")).map(synthesis::text))
                .containsExactly("${" + synthesis.at("Peers/DatabaseProxy").logicalId() + ".GroupId}");
        assertThat(Synthesis.elements(target.path("DBInstanceIdentifiers")).map(id -> id.path("Ref").asText()))
                .containsExactly(synthesis.resource(INSTANCE).logicalId());
        assertThat(target.at("/ConnectionPoolConfigurationInfo/MaxConnectionsPercent").asInt()).isEqualTo(90);
        assertThat(target.at("/ConnectionPoolConfigurationInfo/ConnectionBorrowTimeout").asInt()).isEqualTo(1);
    }

    @Test
    void paysForNoProxyInDev() {
        assertThat(Synthesis.of("dev").resources(PROXY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void opensFewerConnectionsThanPostgreSqlAccepts(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        int accepted = synthesis.resource("AWS::RDS::DBParameterGroup").properties()
                .at("/Parameters/max_connections").asInt();
        List<Service> users = Stream.of(Service.values()).filter(Service::usesDatabase).toList();

        assertThat(users).hasSize(4).allSatisfy(service -> assertThat(
                synthesis.function(service).properties().has("ReservedConcurrentExecutions")).isTrue());
        assertThat(users.stream().mapToInt(service -> 2 * synthesis.function(service).properties()
                .path("ReservedConcurrentExecutions").asInt()).sum()).isLessThan(accepted - 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void migratesTheSchemaBeforeAnyFunctionNeedsIt(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Resource migrations = synthesis.resource("Custom::Migrations");
        Resource function = synthesis.function(Service.MIGRATIONS);

        assertThat(migrations.stack()).isEqualTo(StackId.DATABASE);
        assertThat(migrations.properties().at("/ServiceToken/Fn::GetAtt/0").asText()).isEqualTo(function.logicalId());
        // A stack of which another imports is complete before that one begins; one whose custom resource failed is not.
        assertThat(Stream.of(Service.values()).filter(Service::usesDatabase)).allSatisfy(service -> {
            Resource user = synthesis.function(service);
            assertThat(user.stack()).isEqualTo(StackId.RUNTIME);
            assertThat(user.properties().at("/Environment/Variables/DATABASE_HOST/Fn::ImportValue").asText())
                    .startsWith(StackId.DATABASE.nameIn(stage) + ":");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void migratesAsSoonAsPostgreSqlAnswersAndTheFunctionMayActAndNotForEver(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Resource function = synthesis.function(Service.MIGRATIONS);
        int timeout = function.properties().path("Timeout").asInt();

        assertThat(function.properties().at("/Environment/Variables/DATABASE_INSTANCE_HOST/Fn::GetAtt/0").asText())
                .isEqualTo(synthesis.resource(INSTANCE).logicalId());
        assertThat(Synthesis.texts(function.node().path("DependsOn")))
                .contains(synthesis.at("migrations/Role/DefaultPolicy/Resource").logicalId());
        assertThat(synthesis.resource("Custom::Migrations").properties().path("ServiceTimeout").asInt())
                .isBetween(timeout + 1, timeout + 120);
    }

    @Test
    void migratesAgainWhenMigrationsHaveChanged() {
        assertThat(digest(Map.of("db/migration/V1__a.sql", "SELECT 1;"))).matches("[0-9a-f]{64}")
                .isNotEqualTo(digest(Map.of("db/migration/V1__a.sql", "SELECT 2;")));
    }

    private static String digest(Map<String, String> files) {
        return Synthesis.of("dev", app ->
                PlinthApp.define(app, Synthesis.stage(Map.of()), new FunctionsJar(Synthesis.jar(files))))
                .resource("Custom::Migrations").properties().path("Digest").asText();
    }
}
