package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.OrdersTable;
import dev.plinth.contract.RevocationsTable;
import dev.plinth.contract.TableSchema;
import dev.plinth.contract.TodosTable;
import dev.plinth.contract.TokenKeysTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablesStackTest {
    private static final String TABLE = "AWS::DynamoDB::Table";
    private static final Map<String, TableSchema> SCHEMAS = Map.of("Orders", OrdersTable.SCHEMA,
            "Todos", TodosTable.SCHEMA, "TokenKeys", TokenKeysTable.SCHEMA, "Revocations", RevocationsTable.SCHEMA);

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
    void letsWhatHasAnEndExpireInEveryTable(String stage) {
        assertThat(Synthesis.of(stage).resources(TABLE)).isNotEmpty().allSatisfy(table -> {
            JsonNode expiry = table.properties().path("TimeToLiveSpecification");
            assertThat(expiry.path("AttributeName").asText()).isEqualTo("expiresAt");
            assertThat(expiry.path("Enabled").asBoolean()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void paysForTablesByRequest(String stage) {
        assertThat(Synthesis.of(stage).resources(TABLE)).isNotEmpty().allSatisfy(table ->
                assertThat(table.properties().path("BillingMode").asText()).isEqualTo("PAY_PER_REQUEST"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void recoversTablesToAnyPointInTime(String stage) {
        assertThat(Synthesis.of(stage).resources(TABLE)).isNotEmpty().allSatisfy(table ->
                assertThat(table.properties().at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                        .asBoolean()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "prod"})
    void retainsAndProtectsTablesOutsideDev(String stage) {
        assertThat(Synthesis.of(stage).resources(TABLE)).isNotEmpty().allSatisfy(table -> {
            assertThat(table.node().path("DeletionPolicy").asText()).isEqualTo("Retain");
            assertThat(table.node().path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
            assertThat(table.properties().path("DeletionProtectionEnabled").asBoolean()).isTrue();
        });
    }

    @Test
    void deletesTablesWithTheirStackInDev() {
        assertThat(Synthesis.of("dev").resources(TABLE)).isNotEmpty().allSatisfy(table -> {
            assertThat(table.node().path("DeletionPolicy").asText()).isEqualTo("Delete");
            assertThat(table.properties().path("DeletionProtectionEnabled").asBoolean(true)).isFalse();
        });
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
