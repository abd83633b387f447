package dev.plinth.local.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
    private static final String ABSENT = "(absent)";

    /** Operator, values of the policy, values of the request separated by blanks, whether the condition holds. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "StringEquals | 'a' | a | true",
        "StringEquals | ['x', 'a'] | a | true",
        "StringEquals | 'A' | a | false",
        "StringEquals | 'a*' | ab | false",
        "StringEquals | 'a*' | a* | true",
        "StringEquals | 'a' | (absent) | false",
        "StringEqualsIfExists | 'a' | (absent) | true",
        "StringEqualsIfExists | 'a' | b | false",
        "StringNotEquals | 'a' | b | true",
        "StringNotEquals | ['a', 'b'] | b | false",
        "StringNotEquals | 'a' | (absent) | true",
        "StringEqualsIgnoreCase | 'ABC' | abc | true",
        "StringNotEqualsIgnoreCase | 'ABC' | abc | false",
        "StringLike | 'ORDER#*' | ORDER#1 | true",
        "StringLike | 'ORDER#?' | ORDER#12 | false",
        "StringNotLike | 'ORDER#*' | ORDER#1 | false",
        "StringNotLike | 'ORDER#*' | (absent) | true",
        "ArnEquals | 'arn:aws:sns:*:000000000000:topic' | arn:aws:sns:eu-west-1:000000000000:topic | true",
        "ArnLike | 'arn:aws:sns:*:000000000000:t*' | arn:aws:sns:eu-west-1:000000000000:topic:sub | true",
        "ArnLike | 'arn:aws:s*:eu-west-1:0:topic' | arn:aws:sns:x:eu-west-1:0:topic | false",
        "ArnLike | 'arn:aws:sns:*:0:topic' | no-arn | false",
        "ArnNotLike | 'arn:aws:sns:*:0:topic' | no-arn | true",
        "ArnNotEquals | 'arn:aws:sns:eu:0:topic' | arn:aws:sns:eu:0:topic | false",
        "NumericEquals | 10 | 10.0 | true",
        "NumericNotEquals | 10 | 10.0 | false",
        "NumericLessThan | '10' | 9 | true",
        "NumericLessThan | '10' | 10 | false",
        "NumericLessThanEquals | '10' | 10 | true",
        "NumericGreaterThan | '9' | 10 | true",
        "NumericGreaterThanEquals | '10' | 9.9 | false",
        "NumericLessThan | '10' | many | false",
        "Bool | 'true' | true | true",
        "Bool | true | TRUE | true",
        "Bool | 'false' | true | false",
        "Bool | 'false' | (absent) | false",
        "BoolIfExists | 'false' | (absent) | true",
        "Null | 'true' | (absent) | true",
        "Null | 'true' | a | false",
        "Null | 'false' | a | true",
        "Null | 'false' | (absent) | false",
        "IpAddress | '203.0.113.0/24' | 203.0.113.9 | true",
        "IpAddress | '203.0.113.0/24' | 203.0.114.9 | false",
        "IpAddress | '10.0.0.1' | 10.0.0.1 | true",
        "IpAddress | '0.0.0.0/0' | 198.51.100.7 | true",
        "IpAddress | '2001:db8::/32' | 2001:db8:1::1 | true",
        "IpAddress | '2001:db8::/32' | 203.0.113.9 | false",
        "IpAddress | '::/0' | 203.0.113.9 | false",
        "IpAddress | '10.0.0.0/8' | localhost | false",
        "NotIpAddress | '203.0.113.0/24' | 203.0.113.9 | false",
        "ForAllValues:StringEquals | ['a', 'b'] | a b | true",
        "ForAllValues:StringEquals | ['a', 'b'] | a c | false",
        "ForAllValues:StringEquals | 'a' | (absent) | true",
        "ForAllValues:StringNotEquals | 'a' | b c | true",
        "ForAllValues:StringNotEquals | 'a' | b a | false",
        "ForAnyValue:StringEquals | ['a', 'b'] | c b | true",
        "ForAnyValue:StringEquals | 'a' | c d | false",
        "ForAnyValue:StringEquals | 'a' | (absent) | false",
        "ForAnyValue:StringNotEquals | 'a' | a b | true",
        "ForAnyValue:StringNotEquals | 'a' | (absent) | false",
        "ForAnyValue:StringEqualsIfExists | 'a' | (absent) | true",
        "StringEquals | 'a' | b a | true",
        "StringNotEquals | 'a' | b a | false",
    })
    void holds(String operator, String wanted, String actual, boolean expected) {
        Map<String, List<String>> context = actual.equals(ABSENT)
                ? Map.of()
                : Map.of("K", Arrays.asList(actual.split(" ")));

        assertThat(allows("{'" + operator + "': {'k': " + wanted + "}}", context)).isEqualTo(expected);
    }

    @Test
    void wantsEveryKeyAndEveryOperatorToHold() {
        String condition = "{'StringEquals': {'k': 'a', 'aws:RequestTag/Team': 'orders'}, 'StringLike': {'k': 'a*'}}";

        assertThat(allows(condition, Map.of("k", List.of("a"), "aws:requesttag/team", List.of("orders")))).isTrue();
        assertThat(allows(condition, Map.of("k", List.of("a"), "aws:requesttag/team", List.of("other")))).isFalse();
        assertThat(allows(condition, Map.of("aws:requesttag/team", List.of("orders")))).isFalse();
    }

    private static boolean allows(String condition, Map<String, List<String>> context) {
        Role role = Policies.role(Policies.policy(
                "{'Effect': 'Allow', 'Action': 'dynamodb:*', 'Resource': '*', 'Condition': " + condition + "}"));
        return role.decide(new AccessRequest("dynamodb:GetItem", Policies.TABLE, context)) instanceof Allowed;
    }
}
