package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.OrdersTable;
import dev.plinth.contract.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablesStackTest {
    private static final String TABLE = "AWS::DynamoDB::Table";

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void givesOrdersTableTheShapeOfTheContract(String stage) {
        JsonNode table = Synthesis.of(stage).resource(TABLE).properties();

        assertThat(keyOf(table)).isEqualTo(attributesOf(OrdersTable.SCHEMA.key()));
        assertThat(table.at("/TimeToLiveSpecification/AttributeName").asText()).isEqualTo("expiresAt");
        assertThat(table.at("/TimeToLiveSpecification/Enabled").asBoolean()).isTrue();
        assertThat(Synthesis.elements(table.path("GlobalSecondaryIndexes")).map(TablesStackTest::indexOf))
                .containsExactlyInAnyOrderElementsOf(
                        OrdersTable.SCHEMA.indexes().stream().map(TablesStackTest::indexOf).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void paysForOrdersTableByRequest(String stage) {
        assertThat(Synthesis.of(stage).resource(TABLE).properties().path("BillingMode").asText())
                .isEqualTo("PAY_PER_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void recoversOrdersTableToAnyPointInTime(String stage) {
        assertThat(Synthesis.of(stage).resource(TABLE).properties()
                .at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "prod"})
    void retainsAndProtectsOrdersTableOutsideDev(String stage) {
        Synthesis.Resource table = Synthesis.of(stage).resource(TABLE);

        assertThat(table.node().path("DeletionPolicy").asText()).isEqualTo("Retain");
        assertThat(table.node().path("UpdateReplacePolicy").asText()).isEqualTo("Retain");
        assertThat(table.properties().path("DeletionProtectionEnabled").asBoolean()).isTrue();
    }

    @Test
    void deletesOrdersTableWithItsStackInDev() {
        Synthesis.Resource table = Synthesis.of("dev").resource(TABLE);

        assertThat(table.node().path("DeletionPolicy").asText()).isEqualTo("Delete");
        assertThat(table.properties().path("DeletionProtectionEnabled").asBoolean(true)).isFalse();
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
