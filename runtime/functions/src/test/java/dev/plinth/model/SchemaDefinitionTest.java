package dev.plinth.model;

import static dev.plinth.model.Documents.faults;
import static dev.plinth.model.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaDefinitionTest {
    private static final String NAME = "/entities/0/name";
    private static final String FIELD = "/entities/0/fields/0";

    @Test
    void writesTheDocumentThatItHasRead() {
        JsonNode document = json("""
                {'name': 'Shop', 'description': 'Orders\\nand more', 'entities': [
                  {'name': 'Order', 'description': 'What is bought', 'fields': [
                    {'name': 'email', 'type': 'STRING', 'required': true, 'unique': true, 'maxLength': 320},
                    {'name': 'total', 'type': 'DECIMAL', 'precision': 12, 'scale': 3},
                    {'name': 'status', 'type': 'ENUM', 'values': ['OPEN', 'Paid', 'sent_back']}],
                   'relations': [
                    {'name': 'next', 'kind': 'ONE_TO_ONE', 'target': 'Order'},
                    {'name': 'tags', 'kind': 'MANY_TO_MANY', 'target': 'Tag'},
                    {'name': 'tag', 'kind': 'MANY_TO_ONE', 'target': 'Tag', 'required': true}]},
                  {'name': 'Tag', 'fields': [], 'relations': []}]}""");

        SchemaDefinition read = SchemaDefinition.of(document);

        assertThat(read.toJson()).isEqualTo(document);
        assertThat(SchemaDefinition.stored(document)).isEqualTo(read);
    }

    @Test
    void tellsEveryRuleThatIsBroken() {
        assertThat(faults(() -> SchemaDefinition.of(json("""
                {'title': 'x', 'name': 7, 'description': 'a\\u0007', 'entities': [
                  {'name': 'Order', 'fields': [
                    {'name': 'total', 'type': 'MONEY', 'required': 'yes', 'maxLength': 1.5},
                    {'type': 'STRING', 'maxLength': 0},
                    'status',
                    {'name': 'state', 'type': 'ENUM', 'values': [1]}],
                   'relations': {}}]}"""))))
                .containsExactly(
                        "/title is not a known field; known are description, entities, name",
                        "/name must be a string",
                        "/description must not contain control characters other than line feeds, halves of characters "
                                + "or changes of direction",
                        "/entities/0/fields/0/type must be one of STRING, TEXT, INTEGER, LONG, DECIMAL, BOOLEAN, DATE, "
                                + "TIMESTAMP, UUID, ENUM",
                        "/entities/0/fields/0/required must be a boolean",
                        "/entities/0/fields/0/maxLength must be a whole number, without a fraction or an exponent",
                        "/entities/0/fields/1/name is required",
                        "/entities/0/fields/1/maxLength must be from 1 to 65535",
                        "/entities/0/fields/2 must be an object",
                        "/entities/0/fields/3/values/0 must be a string",
                        "/entities/0/relations must be an array");
    }

    @Test
    void requiresANameAndAnEntity() {
        assertThat(faults(() -> SchemaDefinition.of(json("{}"))))
                .containsExactly("/name is required", "/entities is required");
        assertThat(faults(() -> SchemaDefinition.of(json("{'name': 'x', 'entities': []}"))))
                .containsExactly("/entities must have at least one element");
        assertThat(faults(() -> SchemaDefinition.of(json("{'name': ' \\u200b', 'entities': [{'name': 'Box'}]}"))))
                .containsExactly("/name must not be blank", "/entities/0/fields is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "..", "a/b", "a\\\\b", "C:", "", "1st", "with space", "a.b", "a-b", "a_b",
            "a\\u0000", "\\u0410ccount", "\\uFF21", "a\\u0301", "na\\u00efve", "\\u212Aelvin", "a\\nb",
            "A234567890123456789012345678901234567890123456789012345678901234"})
    void refusesNamesThatAreNoIdentifiers(String name) {
        String rule = " must be an identifier: 1 to 63 letters from A to Z or digits, beginning with a letter";

        assertThat(faults(() -> entity("{'name': '" + name + "', 'fields': []}"))).containsExactly(NAME + rule);
        assertThat(faults(() -> field("'name': '" + name + "', 'type': 'DATE'")))
                .containsExactly(FIELD + "/name" + rule);
        assertThat(faults(() -> relation("'name': '" + name + "', 'kind': 'ONE_TO_ONE', 'target': 'Order'")))
                .containsExactly("/entities/0/relations/0/name" + rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Con", "NUL", "aux", "Prn", "Com1", "lpt9"})
    void refusesNamesOfWindowsDevices(String name) {
        assertThat(faults(() -> entity("{'name': '" + name + "', 'fields': []}"))).singleElement().asString()
                .startsWith(NAME + " gives the file ").endsWith(", which is the name of a device on Windows");
    }

    @Test
    void refusesAnEnumerationWhoseFileWouldBeADevice() {
        assertThat(faults(() -> entity(
                "{'name': 'Co', 'fields': [{'name': 'n', 'type': 'ENUM', 'values': ['A']}]}")))
                .containsExactly(FIELD + "/name gives the file CoN.java, which is the name of a device on Windows");
    }

    @ParameterizedTest
    @CsvSource({"user,user", "Select,select", "currentDate,current_date", "ORDER,order", "left,left"})
    void refusesReservedWordsOfPostgresAsColumns(String name, String column) {
        assertThat(faults(() -> field("'name': '" + name + "', 'type': 'DATE'"))).containsExactly(
                FIELD + "/name gives the column " + column + ", which is a reserved word of PostgreSQL");
    }

    @Test
    void refusesReservedWordsOfPostgresAsTables() {
        assertThat(faults(() -> entity("{'name': 'A', 'fields': []}"))).containsExactly(
                NAME + " gives the table as, which is a reserved word of PostgreSQL");
        // The plural is none.
        assertThat(faults(() -> entity("{'name': 'Order', 'fields': []}"))).isEmpty();
    }

    @Test
    void refusesColumnsThatPostgresHasItself() {
        assertThat(faults(() -> field("'name': 'ctid', 'type': 'DATE'"))).containsExactly(
                FIELD + "/name gives the column ctid, which every table of PostgreSQL has already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"class", "int", "Static", "native"})
    void refusesReservedWordsOfJava(String name) {
        assertThat(faults(() -> field("'name': '" + name + "', 'type': 'DATE'"))).singleElement().asString()
                .startsWith(FIELD + "/name gives the record component ").endsWith(", which is a reserved word of Java");
        assertThat(faults(() -> relation("'name': '" + name + "', 'kind': 'MANY_TO_MANY', 'target': 'Order'")))
                .singleElement().asString().startsWith("/entities/0/relations/0/name gives the record component ");
        assertThat(faults(() -> relation("'name': '" + name + "', 'kind': 'ONE_TO_ONE', 'target': 'Order'"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashCode", "toString", "wait", "java"})
    void refusesNamesThatNoRecordComponentCanHave(String name) {
        assertThat(faults(() -> field("'name': '" + name + "', 'type': 'DATE'"))).containsExactly(FIELD
                + "/name gives the record component " + name + ", a name that no component can have in Java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "ID", "createdAt", "updatedat"})
    void refusesWhatEveryEntityHasByItself(String name) {
        assertThat(faults(() -> field("'name': '" + name + "', 'type': 'DATE'"))).singleElement().asString()
                .startsWith(FIELD + "/name gives the property ").endsWith(", as does what every entity has by itself");
    }

    @Test
    void refusesFieldsThatDifferByCapitalsAlone() {
        assertThat(faults(() -> entity("{'name': 'Order', 'fields': [{'name': 'aBc', 'type': 'DATE'},"
                + "{'name': 'abC', 'type': 'DATE'}, {'name': 'AbC', 'type': 'DATE'}]}"))).containsExactly(
                "/entities/0/fields/1/name gives the property abC, as does the field aBc",
                "/entities/0/fields/2/name gives the property abC, as does the field aBc");
    }

    @Test
    void refusesEntitiesThatDifferByCapitalsAlone() {
        assertThat(faults(() -> SchemaDefinition.of(json("""
                {'name': 'x', 'entities': [{'name': 'ABc', 'fields': []}, {'name': 'Abc', 'fields': []},
                  {'name': 'ABc', 'fields': []}]}"""))))
                .containsExactly(
                        "/entities/1/name gives the type Abc, as does the entity ABc, but for capitals",
                        "/entities/2/name gives the type ABc, as does the entity ABc, but for capitals",
                        "/entities/2/name gives the table a_bcs, as does the entity ABc");
    }

    @Test
    void refusesEntitiesWithOnePlural() {
        assertThat(faults(() -> SchemaDefinition.of(json("""
                {'name': 'x', 'entities': [{'name': 'Bus', 'fields': []}, {'name': 'Buse', 'fields': []}]}"""))))
                .containsExactly("/entities/1/name gives the table buses, as does the entity Bus");
    }

    @Test
    void refusesAnEnumerationWithTheNameOfAnEntity() {
        assertThat(faults(() -> SchemaDefinition.of(json("""
                {'name': 'x', 'entities': [{'name': 'OrderStatus', 'fields': []}, {'name': 'Order', 'fields': [
                  {'name': 'status', 'type': 'ENUM', 'values': ['A']}]}]}"""))))
                .containsExactly("/entities/1/fields/0/name gives the type OrderStatus, "
                        + "as does the entity OrderStatus, but for capitals");
    }

    @Test
    void refusesRelationsThatCollideWithFieldsTablesAndEachOther() {
        assertThat(faults(() -> SchemaDefinition.of(json("""
                {'name': 'x', 'entities': [
                  {'name': 'Order', 'fields': [
                    {'name': 'customerId', 'type': 'UUID'}, {'name': 'buyer', 'type': 'UUID'}],
                   'relations': [
                    {'name': 'customer', 'kind': 'MANY_TO_ONE', 'target': 'Customer'},
                    {'name': 'buyer', 'kind': 'ONE_TO_ONE', 'target': 'Customer'},
                    {'name': 'tags', 'kind': 'MANY_TO_MANY', 'target': 'OrderTag'}]},
                  {'name': 'OrderTag', 'fields': []},
                  {'name': 'Customer', 'fields': [], 'relations': [
                    {'name': 'tags', 'kind': 'ONE_TO_MANY', 'target': 'OrderTag'},
                    {'name': 'oldTags', 'kind': 'ONE_TO_MANY', 'target': 'OrderTag'}]}]}"""))))
                .containsExactly(
                        "/entities/0/relations/1/name is the name of another field or relation already, "
                                + "but for capitals",
                        "/entities/0/relations/0/name gives the property customerId, as does the field customerId",
                        "/entities/0/relations/2/name gives the table order_tags, as does the entity OrderTag",
                        "/entities/2/relations/1/name gives OrderTag the property customerId, as does the relation "
                                + "tags of Customer; write the relation as MANY_TO_ONE in OrderTag");
    }

    @Test
    void takesTheTwoSidesOfARelationAsOneColumn() {
        SchemaDefinition schema = SchemaDefinition.of(json("""
                {'name': 'x', 'entities': [
                  {'name': 'Customer', 'fields': [], 'relations': [
                    {'name': 'orders', 'kind': 'ONE_TO_MANY', 'target': 'Order', 'required': true}]},
                  {'name': 'Order', 'fields': [], 'relations': [
                    {'name': 'customer', 'kind': 'MANY_TO_ONE', 'target': 'Customer'}]}]}"""));

        assertThat(schema.references()).singleElement().satisfies(reference -> {
            assertThat(reference.holder().name()).isEqualTo("Order");
            assertThat(reference.column()).isEqualTo("customer_id");
            assertThat(reference.required()).isTrue();
        });
    }

    @Test
    void refusesDanglingTargetsAndUnknownKinds() {
        assertThat(faults(() -> relation("'name': 'a', 'kind': 'ONE_TO_ONE', 'target': 'Nobody'")))
                .containsExactly("/entities/0/relations/0/target is no entity of this schema");
        assertThat(faults(() -> relation("'name': 'a', 'kind': 'FRIEND', 'target': 'Order'"))).containsExactly(
                "/entities/0/relations/0/kind must be one of MANY_TO_ONE, ONE_TO_ONE, ONE_TO_MANY, MANY_TO_MANY");
        assertThat(faults(() -> relation("'name': 'a', 'kind': 'MANY_TO_MANY', 'target': 'Order', 'required': true")))
                .containsExactly("/entities/0/relations/0/required must not be true for MANY_TO_MANY, "
                        + "as no column can require it");
    }

    @Test
    void refusesCirclesOfRequiredRelations() {
        assertThat(faults(() -> relation("'name': 'a', 'kind': 'MANY_TO_ONE', 'target': 'Order', 'required': true")))
                .containsExactly("/entities/0/relations/0 closes a circle of required relations (Order, Order), "
                        + "so that none can be stored first; one of them must be optional");
        // From the other side: each of the many requires its one.
        assertThat(faults(() -> SchemaDefinition.of(json("""
                {'name': 'x', 'entities': [
                  {'name': 'Box', 'fields': [], 'relations': [
                    {'name': 'lid', 'kind': 'MANY_TO_ONE', 'target': 'Lid', 'required': true},
                    {'name': 'lids', 'kind': 'ONE_TO_MANY', 'target': 'Lid', 'required': true}]},
                  {'name': 'Lid', 'fields': []}]}"""))))
                .containsExactly("/entities/0/relations/1 closes a circle of required relations (Box, Lid, Box), "
                        + "so that none can be stored first; one of them must be optional");
    }

    @Test
    void refusesACircleThroughFiftyEntitiesUnlessOneRelationIsOptional() {
        assertThat(faults(() -> SchemaDefinition.of(json(circle(true))))).singleElement().asString()
                .startsWith("/entities/49/relations/0 closes a circle of required relations (E10, E11, ");
        assertThat(faults(() -> SchemaDefinition.of(json(circle(false))))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "'type': 'DATE', 'maxLength': 5 | /maxLength is only for fields of type STRING",
            "'type': 'STRING', 'precision': 5 | /precision is only for fields of type DECIMAL",
            "'type': 'LONG', 'values': ['A'] | /values is only for fields of type ENUM",
            "'type': 'DECIMAL', 'precision': 5, 'scale': 6 | /scale must not be above the precision",
            "'type': 'DECIMAL', 'scale': 2 | /precision is required beside a scale",
            "'type': 'DECIMAL', 'precision': 39 | /precision must be from 1 to 38",
            "'type': 'STRING', 'maxLength': 65536 | /maxLength must be from 1 to 65535",
            "'type': 'STRING', 'maxLength': 1e3 | /maxLength must be a whole number, without a fraction or an exponent",
            "'type': 'STRING', 'maxLength': 501, 'unique': true "
                    + "| /maxLength must be at most 500 where values are unique, for their index",
            "'type': 'TEXT', 'unique': true | /unique must not be true for TEXT, which is too long for an index",
            "'type': 'ENUM' | /values must have at least one element for ENUM",
            "'type': 'ENUM', 'values': ['A', 'a'] | /values/1 is there already, but for capitals",
            "'type': 'ENUM', 'values': ['A', 'null'] | /values/1 is a reserved word of Java",
            "'type': 'ENUM', 'values': [\"A'\"] | /values/0 must be 1 to 63 letters from A to Z, digits or "
                    + "underscores, beginning with a letter"}, quoteCharacter = '`')
    void refusesAttributesThatDoNotFit(String attributes, String fault) {
        String text = attributes.replace("\"A'\"", "'A\\u0027'");
        assertThat(faults(() -> field("'name': 'a', " + text))).containsExactly(FIELD + fault);
    }

    @Test
    void refusesNamesTooLongForPostgres() {
        String capitals = "Aa".repeat(31);

        assertThat(faults(() -> entity("{'name': '" + capitals + "', 'fields': []}"))).singleElement().asString()
                .startsWith(NAME + " gives the table aa_aa_").endsWith(", which is longer than the 63 characters of "
                        + "PostgreSQL");
        assertThat(faults(() -> field("'name': '" + capitals + "', 'type': 'DATE'"))).singleElement().asString()
                .startsWith(FIELD + "/name gives the column aa_aa_");
        assertThat(faults(() -> relation("'name': 'a" + "b".repeat(62) + "', 'kind': 'ONE_TO_ONE', 'target': 'Order'")))
                .singleElement().asString().startsWith("/entities/0/relations/0/name gives the column abbb");
    }

    @Test
    void refusesTenThousandFieldsWithoutReadingThem() {
        String fields = IntStream.range(0, 10_000).mapToObj(i -> "{'name': 'f" + i + "', 'type': '?'}")
                .collect(Collectors.joining(","));
        JsonNode inOne = json("{'name': 'x', 'entities': [{'name': 'A', 'fields': [" + fields + "]}]}");
        JsonNode inMany = json("{'name': 'x', 'entities': [" + IntStream.range(0, 50).mapToObj(i -> "{'name': 'A" + i
                        + "', 'fields': [" + fields.substring(0, fields.indexOf(",{'name': 'f21'")) + "]}")
                .collect(Collectors.joining(",")) + "]}");

        assertThat(faults(() -> SchemaDefinition.of(inOne)))
                .containsExactlyInAnyOrder("/entities/0/fields must have at most 100 elements",
                        "/entities must have at most 1000 fields in all");
        assertThat(faults(() -> SchemaDefinition.of(inMany)))
                .containsExactly("/entities must have at most 1000 fields in all");
    }

    @Test
    void refusesMoreThanItsOtherLimits() {
        assertThat(faults(() -> SchemaDefinition.of(json("{'name': 'x', 'entities': ["
                + list(51, "{'name': 'A%s', 'fields': []}") + "]}"))))
                .containsExactly("/entities must have at most 50 elements");
        assertThat(faults(() -> entity("{'name': 'Box', 'fields': ["
                + list(101, "{'name': 'f%s', 'type': 'DATE'}") + "]}")))
                .containsExactly("/entities/0/fields must have at most 100 elements");
        assertThat(faults(() -> entity("{'name': 'Box', 'fields': [], 'relations': ["
                + list(21, "{'name': 'r%s', 'kind': 'ONE_TO_ONE', 'target': 'Box'}") + "]}")))
                .containsExactly("/entities/0/relations must have at most 20 elements");
        assertThat(faults(() -> field("'name': 'a', 'type': 'ENUM', 'values': [" + list(51, "'A%s'") + "]")))
                .containsExactly("/entities/0/fields/0/values must have at most 50 elements",
                        "/entities/0/fields/0/values must have at least one element for ENUM");
        assertThat(faults(() -> entity("{'name': 'Box', 'fields': ["
                + list(21, "{'name': 'f%s', 'type': 'ENUM', 'values': [" + list(50, "'A%s'").replace("%", "%%") + "]}")
                + "]}"))).containsExactly("/entities must have at most 1000 values of enumerations in all");
    }

    @Test
    void tellsAtMostAHundredRules() {
        List<String> faults = new ArrayList<>(faults(() -> SchemaDefinition.of(json("{'name': 'x', 'entities': ["
                + list(10, "{'name': 'A%s', 'fields': [" + list(50, "{'name': '%s', 'type': 'X'}").replace("%", "%%")
                + "]}") + "]}"))));

        assertThat(faults).hasSize(100);
        assertThatThrownBy(() -> SchemaDefinition.of(json("{'name': 'x', 'entities': ["
                + list(10, "{'name': 'A%s', 'fields': [" + list(50, "{'name': '%s', 'type': 'X'}").replace("%", "%%")
                + "]}") + "]}")))
                .hasMessage("The request breaks 1000 rules, of which these are the first.");
    }

    @Test
    void readsWhatWasStoredWithoutJudgingIt() {
        JsonNode outdated = json("""
                {'name': 'x', 'entities': [{'name': 'A', 'fields': [{'name': 'user', 'type': 'DATE'}]}]}""");

        assertThat(SchemaDefinition.stored(outdated).entities().get(0).fields().get(0).name()).isEqualTo("user");
        assertThatThrownBy(() -> SchemaDefinition.stored(json("{'name': 'x', 'entities': 7}")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String circle(boolean closed) {
        return "{'name': 'x', 'entities': [" + IntStream.range(10, 60).mapToObj(i -> "{'name': 'E" + i
                        + "', 'fields': [], 'relations': [{'name': 'next', 'kind': 'MANY_TO_ONE', 'target': 'E"
                        + (i == 59 ? 10 : i + 1) + "', 'required': " + (closed || i != 30) + "}]}")
                .collect(Collectors.joining(",")) + "]}";
    }

    private static String list(int count, String element) {
        return IntStream.range(0, count).mapToObj(i -> String.format(element, i)).collect(Collectors.joining(","));
    }

    private static SchemaDefinition field(String field) {
        return entity("{'name': 'Order', 'fields': [{" + field + "}]}");
    }

    private static SchemaDefinition relation(String relation) {
        return entity("{'name': 'Order', 'fields': [], 'relations': [{" + relation + "}]}");
    }

    private static SchemaDefinition entity(String entity) {
        return SchemaDefinition.of(json("{'name': 'Shop', 'entities': [" + entity + "]}"));
    }
}
