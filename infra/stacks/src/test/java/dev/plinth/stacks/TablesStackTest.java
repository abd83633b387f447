package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.OrdersTable;
import dev.plinth.contract.RateLimitsTable;
import dev.plinth.contract.RevocationsTable;
import dev.plinth.contract.StudioTable;
import dev.plinth.contract.TableSchema;
import dev.plinth.contract.TodosTable;
import dev.plinth.contract.TokenKeysTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

class TablesStackTest {
    private static final String TABLE = "AWS::DynamoDB::Table";
    private static final String RATE_LIMITS = "RateLimits";

    /** By construct path. The studio's are written out, so that a table is added or renamed on purpose. */
    private static final Map<String, TableSchema> SCHEMAS = Map.ofEntries(
            Map.entry("Orders", OrdersTable.SCHEMA),
            Map.entry("Todos", TodosTable.SCHEMA),
            Map.entry("TokenKeys", TokenKeysTable.SCHEMA),
            Map.entry("Revocations", RevocationsTable.SCHEMA),
            Map.entry(RATE_LIMITS, RateLimitsTable.SCHEMA),
            Map.entry("Studio/Users", StudioTable.USERS.schema()),
            Map.entry("Studio/Projects", StudioTable.PROJECTS.schema()),
            Map.entry("Studio/Schemas", StudioTable.SCHEMAS.schema()),
            Map.entry("Studio/Architectures", StudioTable.ARCHITECTURES.schema()),
            Map.entry("Studio/CodeGenerations", StudioTable.CODE_GENERATIONS.schema()),
            Map.entry("Studio/Deployments", StudioTable.DEPLOYMENTS.schema()),
            Map.entry("Studio/Analytics", StudioTable.ANALYTICS.schema()),
            Map.entry("Studio/ActivityLogs", StudioTable.ACTIVITY_LOGS.schema()),
            Map.entry("Studio/Documentation", StudioTable.DOCUMENTATION.schema()),
            Map.entry("Studio/Teams", StudioTable.TEAMS.schema()),
            Map.entry("Studio/Settings", StudioTable.SETTINGS.schema()),
            Map.entry("Studio/Integrations", StudioTable.INTEGRATIONS.schema()));

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void givesEachTableTheShapeOfTheContract(String stage) {
        assertThat(Synthesis.of(stage).resources(TABLE)).hasSize(SCHEMAS.size());
        SCHEMAS.forEach((id, schema) -> {
            JsonNode table = Synthesis.of(stage).at(id + "/Table/Resource").properties();

            assertThat(keyOf(table)).as(id).isEqualTo(attributesOf(schema.key()));
            assertThat(Synthesis.elements(table.path("GlobalSecondaryIndexes")).map(TablesStackTest::indexOf)).as(id)
                    .containsExactlyInAnyOrderElementsOf(
                            schema.indexes().stream().map(TablesStackTest::indexOf).toList());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void letsExpireWhatHasAnEndAndNothingElse(String stage) {
        Set<String> expiring = Set.of("Orders", "Todos", "TokenKeys", "Revocations", RATE_LIMITS, "Studio/Users",
                "Studio/Projects", "Studio/CodeGenerations", "Studio/Deployments", "Studio/Analytics",
                "Studio/ActivityLogs", "Studio/Integrations");

        SCHEMAS.keySet().forEach(id -> assertThat(table(stage, id).properties().path("TimeToLiveSpecification")
                .toString()).as(id).isEqualTo(expiring.contains(id)
                        ? "{\"AttributeName\":\"expiresAt\",\"Enabled\":true}" : ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void paysForTablesByRequest(String stage) {
        assertThat(Synthesis.of(stage).resources(TABLE)).isNotEmpty().allSatisfy(table ->
                assertThat(table.properties().path("BillingMode").asText()).isEqualTo("PAY_PER_REQUEST"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void recoversToAnyPointInTimeWhatIsWorthKeeping(String stage) {
        kept().forEach(id -> assertThat(recoverable(table(stage, id))).as(id).isTrue());
        assertThat(recoverable(table(stage, RATE_LIMITS))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "prod"})
    void retainsAndProtectsOutsideDevWhatIsWorthKeeping(String stage) {
        kept().forEach(id -> {
            Synthesis.Resource table = table(stage, id);
            assertThat(table.node().path("DeletionPolicy").asText()).as(id).isEqualTo("Retain");
            assertThat(table.node().path("UpdateReplacePolicy").asText()).as(id).isEqualTo("Retain");
            assertThat(table.properties().path("DeletionProtectionEnabled").asBoolean()).as(id).isTrue();
        });
        assertThat(table(stage, RATE_LIMITS).node().path("DeletionPolicy").asText()).isEqualTo("Delete");
        assertThat(table(stage, RATE_LIMITS).properties().path("DeletionProtectionEnabled").asBoolean(true)).isFalse();
    }

    @Test
    void deletesTablesWithTheirStackInDev() {
        assertThat(Synthesis.of("dev").resources(TABLE)).hasSize(SCHEMAS.size()).allSatisfy(table -> {
            assertThat(table.node().path("DeletionPolicy").asText()).isEqualTo("Delete");
            assertThat(table.properties().path("DeletionProtectionEnabled").asBoolean(true)).isFalse();
        });
    }

    @Test
    void rejectsStudioTableThatNothingMayUse() {
        Stack stack = new Stack(new App(), "Sample");
        StudioTables tables = new StudioTables(stack, "Studio", Synthesis.stage(Map.of()));

        assertThatThrownBy(tables::metrics).hasMessage("Nothing may use the table USERS");
    }

    private static Stream<String> kept() {
        return SCHEMAS.keySet().stream().filter(id -> !id.equals(RATE_LIMITS));
    }

    private static Synthesis.Resource table(String stage, String id) {
        return Synthesis.of(stage).at(id + "/Table/Resource");
    }

    private static boolean recoverable(Synthesis.Resource table) {
        return table.properties().at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled").asBoolean();
    }

    private record Index(String name, List<String> key, String projection) {
    }

    private static Index indexOf(JsonNode index) {
        return new Index(index.path("IndexName").asText(), keyOf(index),
                index.at("/Projection/ProjectionType").asText());
    }

    private static Index indexOf(TableSchema.Index index) {
        return new Index(index.name(), attributesOf(index.key()), index.allAttributes() ? "ALL" : "KEYS_ONLY");
    }

    private static List<String> attributesOf(TableSchema.Key key) {
        List<String> attributes = new ArrayList<>();
        attributes.add("HASH " + key.partition());
        key.sort().ifPresent(sort -> attributes.add("RANGE " + sort));
        return attributes;
    }

    private static List<String> keyOf(JsonNode node) {
        return Synthesis.elements(node.path("KeySchema"))
                .map(each -> each.path("KeyType").asText() + " " + each.path("AttributeName").asText()).toList();
    }
}
