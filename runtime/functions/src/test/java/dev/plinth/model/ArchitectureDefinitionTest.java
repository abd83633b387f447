package dev.plinth.model;

import static dev.plinth.model.Documents.faults;
import static dev.plinth.model.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.json.tree.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureDefinitionTest {

    @Test
    void writesTheDocumentThatItHasRead() {
        JsonNode document = json("""
                {'name': 'Shop', 'description': 'On AWS', 'components': [
                  {'id': 'web', 'type': 'CLIENT', 'description': 'A browser'},
                  {'id': 'orders', 'type': 'TABLE', 'entity': 'Order', 'timeToLive': 'expiresAt'},
                  {'id': 'work', 'type': 'QUEUE', 'visibilitySeconds': 0, 'maxReceives': 1000},
                  {'id': 'files', 'type': 'BUCKET', 'expireDays': 1}],
                 'connections': [{'from': 'web', 'to': 'orders', 'label': 'reads'}, {'from': 'web', 'to': 'work'}]}""");

        ArchitectureDefinition read = ArchitectureDefinition.of(document);

        assertThat(read.toJson()).isEqualTo(document);
        assertThat(ArchitectureDefinition.stored(document)).isEqualTo(read);
        assertThatThrownBy(() -> ArchitectureDefinition.stored(json("{}")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsEveryRuleThatIsBroken() {
        assertThat(faults(() -> ArchitectureDefinition.of(json("""
                {'name': 'Shop', 'components': [
                  {'id': 'a', 'type': 'LAMBDA'}, {'type': 'TABLE'}, {'id': '../x', 'type': 'BUCKET'},
                  {'id': 'b', 'type': 'QUEUE', 'expireDays': 3, 'visibilitySeconds': 43201},
                  {'id': 'c', 'type': 'TABLE', 'timeToLive': 'id', 'entity': 'a b'}],
                 'connections': [{'from': 'b', 'to': 'nobody', 'label': ''}, {'from': 'b', 'to': 'b'},
                  {'from': 'b', 'to': 'c'}, {'from': 'b', 'to': 'c', 'label': 'x'}, {'to': 7}]}"""))))
                .containsExactly(
                        "/components/0/type must be one of CLIENT, API, SERVICE, TOPIC, QUEUE, TABLE, BUCKET",
                        "/components/1/id is required",
                        "/components/3/visibilitySeconds must be from 0 to 43200",
                        "/connections/0/label must have 1 to 40 characters",
                        "/connections/4/from is required",
                        "/connections/4/to must be a string",
                        "/components/2/id must be an identifier: 1 to 63 letters from A to Z or digits, beginning with "
                                + "a letter",
                        "/components/3/expireDays is only for components of type BUCKET",
                        "/components/4/entity must be an identifier: 1 to 63 letters from A to Z or digits, beginning "
                                + "with a letter",
                        "/components/4/timeToLive must not be id, which is the key of the table",
                        "/connections/0/to is the id of no component",
                        "/connections/1/to must be another component than from",
                        "/connections/3 is there already");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "`CLIENT', 'entity': 'A`                | /entity is only for components of type TABLE",
            "`QUEUE', 'timeToLive': 'a`             | /timeToLive is only for components of type TABLE",
            "`TOPIC', 'maxReceives': 1, 'description': 'x` | /maxReceives is only for components of type QUEUE"},
            quoteCharacter = '`')
    void refusesAttributesThatDoNotFit(String type, String fault) {
        assertThat(faults(() -> components("{'id': 'x', 'type': '" + type
                + "'}, {'id': 'b', 'type': 'BUCKET'}"))).containsExactly("/components/0" + fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'id': 'a', 'type': 'CLIENT'}", ""})
    void refusesWhatHasNothingToDeploy(String components) {
        assertThat(faults(() -> components(components)))
                .containsExactly("/components must have at least one TABLE, QUEUE, TOPIC or BUCKET");
    }

    @Test
    void refusesIdsThatDifferByCapitalsAlone() {
        assertThat(faults(() -> components("{'id': 'aB', 'type': 'TOPIC'}, {'id': 'Ab', 'type': 'BUCKET'}")))
                .containsExactly("/components/1/id is the id of another component already, but for capitals");
    }

    @Test
    void refusesComponentsThatWouldBeOneResource() {
        assertThat(faults(() -> components(
                "{'id': 'orders', 'type': 'QUEUE'}, {'id': 'ordersQueue', 'type': 'QUEUE'}")))
                .containsExactly(
                        "/components/1/id gives the resource OrdersQueue, as does the component orders",
                        "/components/1/id gives the resource OrdersQueueDeadLetters, as does the component orders",
                        "/components/1/id gives the resource OrdersQueuePolicy, as does the component orders");
    }

    @Test
    void refusesConnectionsThatWouldBeOneSubscription() {
        assertThat(faults(() -> ArchitectureDefinition.of(json("""
                {'name': 'x', 'components': [{'id': 'aTopicTob', 'type': 'TOPIC'}, {'id': 'c', 'type': 'QUEUE'},
                  {'id': 'a', 'type': 'TOPIC'}, {'id': 'bTopicToc', 'type': 'QUEUE'}],
                 'connections': [{'from': 'aTopicTob', 'to': 'c'}, {'from': 'a', 'to': 'bTopicToc'}]}"""))))
                .containsExactly("/connections/1 gives the resource ATopicToBTopicTocQueueSubscription, "
                        + "as does the component aTopicTob");
    }

    @Test
    void refusesMoreThanItsLimits() {
        assertThat(faults(() -> components(list(41, "{'id': 'a%s', 'type': 'TOPIC'}"))))
                .containsExactly("/components must have at most 40 elements");
        assertThat(faults(() -> components(list(40, "{'id': 'a%s', 'type': 'TOPIC'}")))).isEmpty();
        assertThat(faults(() -> ArchitectureDefinition.of(json("{'name': 'x', "
                + "'components': [{'id': 'a', 'type': 'TOPIC'}], 'connections': ["
                + list(101, "{'from': 'a', 'to': 'b'}") + "]}"))))
                .containsExactly("/connections must have at most 100 elements");
    }

    @Test
    void refusesTextsThatChangeTheDirectionOfALine() {
        assertThat(faults(() -> components("{'id': 'a', 'type': 'TOPIC', 'description': 'x \\u202E y'}")))
                .singleElement().asString().startsWith("/components/0/description must not contain control characters");
        assertThat(faults(() -> components("{'id': 'a', 'type': 'TOPIC', 'description': 'x \\uD83D y'}")))
                .singleElement().asString().startsWith("/components/0/description must not contain control characters");
    }

    private static String list(int count, String element) {
        return IntStream.range(0, count).mapToObj(i -> String.format(element, i)).collect(Collectors.joining(","));
    }

    private static ArchitectureDefinition components(String components) {
        return ArchitectureDefinition.of(json("{'name': 'x', 'components': [" + components + "]}"));
    }
}
