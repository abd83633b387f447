package dev.plinth.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PropertiesTest {
    @Test
    void readsValuesByType() {
        Properties properties = properties("""
                {"S": "text", "I": 30, "B": true, "D": 100.5, "L": ["a", "b"], "M": {"k": "v"},
                 "O": {"Inner": "x"}, "A": [{"N": 1}, {"N": 2}], "J": {"any": [1]}}""");

        assertThat(properties.string("S")).isEqualTo("text");
        assertThat(properties.integer("I")).isEqualTo(30);
        assertThat(properties.bool("B")).isTrue();
        assertThat(properties.optionalDecimal("D")).hasValue(new BigDecimal("100.5"));
        assertThat(properties.strings("L")).isEqualTo(List.of("a", "b"));
        assertThat(properties.stringMap("M")).isEqualTo(Map.of("k", "v"));
        assertThat(properties.object("O").string("Inner")).isEqualTo("x");
        assertThat(properties.objects("A")).extracting(item -> item.integer("N")).containsExactly(1, 2);
        assertThat(properties.json("J")).hasToString("{\"any\":[1]}");
        assertThatCode(properties::done).doesNotThrowAnyException();
    }

    @Test
    void convertsBetweenTextAndOtherScalarsAsCloudFormationDoes() {
        Properties properties = properties("{\"I\": \"30\", \"B\": \"true\", \"S\": 7}");

        assertThat(properties.integer("I")).isEqualTo(30);
        assertThat(properties.bool("B")).isTrue();
        assertThat(properties.string("S")).isEqualTo("7");
    }

    @Test
    void findsNothingWhereAPropertyIsAbsent() {
        Properties properties = properties("{}");

        assertThat(properties.optionalString("X")).isEmpty();
        assertThat(properties.optionalInteger("X")).isEmpty();
        assertThat(properties.optionalBool("X")).isEmpty();
        assertThat(properties.optionalObject("X")).isEmpty();
        assertThat(properties.optionalJson("X")).isEmpty();
        assertThat(properties.oneOf("X", "a")).isEmpty();
        assertThat(properties.strings("X")).isEmpty();
        assertThat(properties.objects("X")).isEmpty();
        assertThat(properties.stringMap("X")).isEmpty();
    }

    @Test
    void namesARequiredPropertyThatIsAbsent() {
        assertThatThrownBy(() -> properties("{}").string("TableName")).isInstanceOf(TemplateException.class).hasMessage(
                "Shop/Table/Resource (stack Shop, template /Resources/Table/Properties/TableName): found nothing; "
                        + "supported: a value, since the property is required.");
    }

    @Test
    void refusesValuesOfAnotherType() {
        Properties properties = properties("{\"S\": [1], \"I\": \"x\", \"F\": 1.5, \"H\": 3000000000, \"B\": \"yes\"}");

        assertThatThrownBy(() -> properties.string("S")).hasMessageContaining("/Properties/S): found [1]");
        assertThatThrownBy(() -> properties.integer("I")).hasMessageContaining("found \"x\"; supported: a number");
        assertThatThrownBy(() -> properties.integer("F")).hasMessageContaining("found 1.5; supported: an integer");
        assertThatThrownBy(() -> properties.integer("H")).hasMessageContaining("supported: an integer of 32 bits");
        assertThatThrownBy(() -> properties.bool("B")).hasMessageContaining("supported: true, false");
        assertThatThrownBy(() -> properties.strings("I")).hasMessageContaining("supported: a list");
        assertThatThrownBy(() -> properties.object("I")).hasMessageContaining("supported: an object");
    }

    @Test
    void refusesAValueThatIsNotOneOfTheSupportedOnes() {
        Properties properties = properties("{\"BillingMode\": \"PROVISIONED\"}");

        assertThatThrownBy(() -> properties.oneOf("BillingMode", "PAY_PER_REQUEST")).hasMessageContaining(
                "/Properties/BillingMode): found \"PROVISIONED\"; supported: PAY_PER_REQUEST.");
    }

    @Test
    void namesEveryPropertyThatWasNotRead() {
        Properties properties = properties("""
                {"Read": 1, "Left": 2, "O": {"Inner": 1, "InnerLeft": 2}, "A": [{"N": 1}, {"N": 2, "M": 3}]}""");
        properties.integer("Read");
        properties.object("O").integer("Inner");
        properties.objects("A").forEach(item -> item.integer("N"));

        assertThatThrownBy(properties::done).isInstanceOf(TemplateException.class)
                .hasMessageContaining("no effect here: Left, O/InnerLeft, A/1/M; supported: A, O, Read");
    }

    @Test
    void countsAPropertyAsReadThoughItsObjectIsOpenedTwice() {
        Properties properties = properties("{\"O\": {\"One\": 1, \"Two\": 2}}");
        properties.object("O").integer("One");
        properties.object("O").integer("Two");

        assertThatCode(properties::done).doesNotThrowAnyException();
    }

    @Test
    void remembersWhyPropertiesWereIgnored() {
        Properties properties = properties("{\"Tags\": [], \"Other\": 1, \"O\": {\"Inner\": 1}}");
        properties.ignored("Tags", "nobody reads tags");
        properties.ignored("Absent", "nobody reads it");
        properties.object("O").ignored("Inner", "no network");
        properties.ignoredRest("no effect");

        assertThatCode(properties::done).doesNotThrowAnyException();
        assertThat(properties.ignored()).isEqualTo(Map.of(
                "/Resources/Table/Properties/Tags", "nobody reads tags",
                "/Resources/Table/Properties/Other", "no effect",
                "/Resources/Table/Properties/O/Inner", "no network"));
    }

    private static Properties properties(String json) {
        try {
            return new Properties(
                    Place.of("Shop").ownedBy("Shop/Table/Resource").at("Resources").at("Table").at("Properties"),
                    (ObjectNode) new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
