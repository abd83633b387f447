package dev.plinth.local.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {
    private static final PolicyReader READER = new PolicyReader(Set.of("k", "aws:RequestTag/"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'Statement': []} | /Version | found nothing; supported: 2012-10-17",
        "{'Version': '2008-10-17', 'Statement': []} | /Version | \"2008-10-17\"",
        "{'Version': '2012-10-17'} | /Statement | found nothing",
        "{'Version': '2012-10-17', 'Statement': []} | /Statement | found []",
        "{'Version': '2012-10-17', 'Statement': ['x']} | /Statement/0 | \"x\"; supported: an object",
        "{'Version': '2012-10-17', 'Statements': []} | /Statements | the element Statements",
    })
    void refusesDocuments(String document, String pointer, String message) {
        assertThatThrownBy(() -> READER.policy("P", "Shop/P", Policies.json(document)))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("Shop/P (policy P, document " + pointer + ")")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'Effect': 'allow', 'Action': '*', 'Resource': '*' | /Effect | \"allow\"; supported: Allow, Deny",
        "'Action': '*', 'Resource': '*' | /Effect | nothing",
        "'Effect': 'Allow', 'Resource': '*' | `` | neither Action nor NotAction",
        "'Effect': 'Allow', 'Action': '*', 'NotAction': '*', 'Resource': '*' | `` | Action and NotAction",
        "'Effect': 'Allow', 'Action': '*' | `` | neither Resource nor NotResource",
        "'Effect': 'Allow', 'Action': [], 'Resource': '*' | /Action | an empty list",
        "'Effect': 'Allow', 'Action': {'a': 1}, 'Resource': '*' | /Action | {\"a\":1}",
        "'Effect': 'Allow', 'Action': 'GetItem', 'Resource': '*' | /Action | the action GetItem",
        "'Effect': 'Allow', 'Action': 'd*:GetItem', 'Resource': '*' | /Action | the action d*:GetItem",
        "'Effect': 'Allow', 'Action': '*', 'Resource': 'table/x' | /Resource | the resource table/x",
        "'Effect': 'Allow', 'Action': '*', 'Resource': 'arn:aws:*:::x' | /Resource | the resource arn:aws:*:::x",
        "'Effect': 'Allow', 'Action': '*', 'Resource': 'arn:aws:s3:::${aws:username}' | /Resource | a policy variable",
        "'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Principal': '*' | /Principal | the element Principal",
        "'Sid': 'a b', 'Effect': 'Allow', 'Action': '*', 'Resource': '*' | /Sid | \"a b\"; supported: letters",
    })
    void refusesStatements(String statement, String pointer, String message) {
        assertThatThrownBy(() -> Policies.policy("{" + statement + "}")).isInstanceOf(PolicyException.class)
                .hasMessageContaining("Shop/Role/Default (policy Default, document /Statement/0" + pointer + ")")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'StringMatches': {'k': 'a'}} | the operator StringMatches; supported: StringEquals",
        "{'DateLessThan': {'k': '2026-01-01'}} | the operator DateLessThan",
        "{'ForSomeValues:StringEquals': {'k': 'a'}} | the operator ForSomeValues:StringEquals",
        "{'NullIfExists': {'k': 'true'}} | the operator NullIfExists; supported: Null alone",
        "{'StringEquals': {'aws:SourceVpc': 'a'}} | the condition key aws:SourceVpc; supported: aws:requesttag/, k",
        "{'StringEquals': {'k': '${aws:username}'}} | a policy variable",
        "{'StringEquals': {'k': []}} | an empty list",
        "{'StringEquals': {'k': {'a': 1}}} | {\"a\":1}",
        "{'StringEquals': 'k'} | \"k\"; supported: an object",
        "{'Bool': {'k': 'yes'}} | \"yes\"; supported: true, false",
        "{'Null': {'k': 'maybe'}} | \"maybe\"; supported: true, false",
        "{'NumericEquals': {'k': 'ten'}} | \"ten\"; supported: a number",
        "{'ArnLike': {'k': 'arn:aws:s3'}} | \"arn:aws:s3\"; supported: an ARN of six parts",
        "{'IpAddress': {'k': 'localhost'}} | \"localhost\"; supported: an IP address",
        "{'IpAddress': {'k': '10.0.0.0/33'}} | \"10.0.0.0/33\"",
        "{'IpAddress': {'k': '10.0.0.256'}} | \"10.0.0.256\"",
    })
    void refusesConditions(String condition, String message) {
        assertThatThrownBy(() -> READER.policy("P", "Shop/P", Policies.document(
                "{'Effect': 'Allow', 'Action': '*', 'Resource': '*', 'Condition': " + condition + "}")))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("Shop/P (policy P, document /Statement/0/Condition/")
                .hasMessageContaining(message);
    }

    @Test
    void refusesASidThatStandsTwice() {
        String statement = "{'Sid': 'Same', 'Effect': 'Allow', 'Action': '*', 'Resource': '*'}";

        assertThatThrownBy(() -> Policies.policy(statement + "," + statement)).isInstanceOf(PolicyException.class)
                .hasMessageContaining("document /Statement/1/Sid): found Same a second time");
    }

    @Test
    void readsAStatementThatIsNoList() {
        Policy policy = READER.policy("P", "Shop/P", Policies.json("""
                {'Version': '2012-10-17', 'Id': 'x',
                 'Statement': {'Effect': 'Allow', 'Action': 'sqs:SendMessage', 'Resource': '*'}}"""));

        assertThat(policy.name()).isEqualTo("P");
        assertThat(policy.constructPath()).isEqualTo("Shop/P");
        assertThat(Policies.role(policy).decide(Policies.request("sqs:SendMessage", "*"))).isInstanceOf(Allowed.class);
    }

    @Test
    void trustsTheServicesThatATrustPolicyNames() {
        TrustPolicy trust = Policies.trust("""
                {'Effect': 'Allow', 'Action': 'sts:AssumeRole', 'Principal': {'Service': 'lambda.amazonaws.com'}},
                {'Effect': 'Allow', 'Action': 'sts:TagSession', 'Principal': {'Service': 'edge.amazonaws.com'}}""");

        assertThat(trust.trusts("lambda.amazonaws.com", Map.of())).isTrue();
        assertThat(trust.trusts("apigateway.amazonaws.com", Map.of())).isFalse();
        assertThat(trust.trusts("edge.amazonaws.com", Map.of())).isFalse();
    }

    @Test
    void regardsConditionsAndDeniesOfATrustPolicy() {
        TrustPolicy trust = Policies.trust("""
                {'Effect': 'Allow', 'Action': 'sts:*', 'Principal': {'Service': ['lambda.amazonaws.com']}},
                {'Effect': 'Deny', 'Action': 'sts:*', 'Principal': {'Service': 'lambda.amazonaws.com'},
                 'Condition': {'StringNotEquals': {'k': 'mine'}}}""");

        assertThat(trust.trusts("lambda.amazonaws.com", Map.of("k", List.of("mine")))).isTrue();
        assertThat(trust.trusts("lambda.amazonaws.com", Map.of("k", List.of("yours")))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'Principal': '*' | document /Statement/0/Principal",
        "'Principal': {'AWS': '*'} | document /Statement/0/Principal",
        "'Sid': 'X' | document /Statement/0/Principal",
        "'Principal': {'Service': 'a'}, 'Resource': '*' | the element Resource",
    })
    void refusesTrustInOthersThanServices(String elements, String message) {
        assertThatThrownBy(() -> Policies.trust("{'Effect': 'Allow', 'Action': 'sts:AssumeRole', " + elements + "}"))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("Shop/Role (policy trust of orders, ")
                .hasMessageContaining(message);
    }
}
