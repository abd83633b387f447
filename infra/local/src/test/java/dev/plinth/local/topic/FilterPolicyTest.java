package dev.plinth.local.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterPolicyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"event\": [\"a\", \"b\"]} | event=b",
        "{\"event\": [\"a\"], \"project\": [\"1\"]} | event=a project=1",
        "{\"event\": [{\"prefix\": \"gen\"}]} | event=generation",
        "{\"event\": [{\"suffix\": \"ed\"}]} | event=ended",
        "{\"event\": [{\"equals-ignore-case\": \"ENDED\"}]} | event=ended",
        "{\"event\": [{\"anything-but\": [\"a\", \"b\"]}]} | event=c",
        "{\"event\": [{\"anything-but\": {\"prefix\": \"a\"}}]} | event=c",
        "{\"event\": [{\"exists\": true}]} | event=c",
        "{\"event\": [{\"exists\": false}]} | other=c",
        "{\"price\": [{\"numeric\": [\"=\", 1.5]}]} | price=#1.50",
        "{\"price\": [{\"numeric\": [\">\", 0, \"<=\", 5]}]} | price=#5",
        "{\"price\": [5]} | price=#5.0",
        "{\"tags\": [\"a\"]} | tags=[\"b\",\"a\"]",
        "{\"event\": [\"x\", {\"prefix\": \"a\"}]} | event=ab"})
    void admits(String policy, String message) {
        assertThat(FilterPolicy.parse(policy).admits(attributes(message))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"event\": [\"a\"]} | event=A",
        "{\"event\": [\"a\"]} | other=a",
        "{\"event\": [\"a\"], \"project\": [\"1\"]} | event=a",
        "{\"event\": [\"a\"], \"project\": [\"1\"]} | event=a project=2",
        "{\"event\": [{\"prefix\": \"gen\"}]} | event=degen",
        "{\"event\": [{\"anything-but\": [\"a\"]}]} | event=a",
        "{\"event\": [{\"anything-but\": [\"a\"]}]} | other=b",
        "{\"event\": [{\"anything-but\": {\"prefix\": \"a\"}}]} | event=ab",
        "{\"event\": [{\"exists\": true}]} | other=c",
        "{\"event\": [{\"exists\": false}]} | event=c",
        "{\"price\": [{\"numeric\": [\">\", 0, \"<\", 5]}]} | price=#5",
        "{\"price\": [5]} | price=5",
        "{\"tags\": [\"c\"]} | tags=[\"b\",\"a\"]"})
    void keepsBack(String policy, String message) {
        assertThat(FilterPolicy.parse(policy).admits(attributes(message))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{ | failed to parse JSON",
        "[] | must be an object",
        "{\"event\": \"a\"} | must be an array",
        "{\"event\": []} | must be an array",
        "{\"event\": [{\"wildcard\": \"a*\"}]} | Unrecognized match type wildcard",
        "{\"event\": [{\"cidr\": \"10.0.0.0/8\"}]} | Unrecognized match type cidr",
        "{\"event\": [{\"exists\": \"yes\"}]} | either true or false",
        "{\"event\": [{\"prefix\": 1}]} | must be a string",
        "{\"event\": [{\"numeric\": [\"=\"]}]} | numeric",
        "{\"event\": [{\"numeric\": [\"~=\", 1]}]} | Unrecognized numeric",
        "{\"event\": [{\"numeric\": [\"=\", 1e10]}]} | between",
        "{\"event\": [{\"anything-but\": {\"numeric\": 1}}]} | Unsupported anything-but",
        "{\"a\": [1], \"b\": [1], \"c\": [1], \"d\": [1], \"e\": [1], \"f\": [1]} | more than 5 keys",
        "{\"a\": [1,2,3,4,5,6,7], \"b\": [1,2,3,4,5,6,7], \"c\": [1,2,3,4]} | too complex"})
    void refusesWhatItCouldNotJudge(String policy, String message) {
        assertThatThrownBy(() -> FilterPolicy.parse(policy)).isInstanceOfSatisfying(SnsException.class, refused -> {
            assertThat(refused.code()).isEqualTo("InvalidParameter");
            assertThat(refused).hasMessageStartingWith("Invalid parameter: FilterPolicy: ").hasMessageContaining(message);
        });
    }

    /** Reads name=text, name=#number and name=[array], with blanks between them. */
    private static Map<String, Attribute> attributes(String message) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        for (String pair : message.split(" ")) {
            String[] parts = pair.split("=", 2);
            attributes.put(parts[0], parts[1].startsWith("#") ? new Attribute("Number", parts[1].substring(1))
                    : new Attribute(parts[1].startsWith("[") ? "String.Array" : "String", parts[1]));
        }
        return attributes;
    }
}
