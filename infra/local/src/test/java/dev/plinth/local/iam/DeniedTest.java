package dev.plinth.local.iam;

import static dev.plinth.local.iam.Policies.TABLE;
import static dev.plinth.local.iam.Policies.bounded;
import static dev.plinth.local.iam.Policies.policy;
import static dev.plinth.local.iam.Policies.request;
import static dev.plinth.local.iam.Policies.role;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeniedTest {
    private static final String USER =
            "User: arn:aws:sts::000000000000:assumed-role/orders/function is not authorized to perform: "
                    + "dynamodb:PutItem on resource: arn:aws:dynamodb:eu-west-1:000000000000:table/Orders ";

    private final Policy all = policy("{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}");
    private final Policy none = policy("{'Sid': 'None', 'Effect': 'Deny', 'Action': '*', 'Resource': '*'}");
    private final Policy other = policy("{'Effect': 'Allow', 'Action': 'sqs:*', 'Resource': '*'}");

    @Test
    void wordsTheMessageAsAwsDoes() {
        assertThat(denied(role(other)).message("function"))
                .isEqualTo(USER + "because no identity-based policy allows the dynamodb:PutItem action");
        assertThat(denied(role(all, none)).message("function"))
                .isEqualTo(USER + "with an explicit deny in an identity-based policy");
        assertThat(denied(bounded(other, all)).message("function"))
                .isEqualTo(USER + "because no permissions boundary allows the dynamodb:PutItem action");
        assertThat(denied(bounded(none, all)).message("function"))
                .isEqualTo(USER + "with an explicit deny in a permissions boundary");
    }

    @Test
    void explainsWhatIsMissingAndWhatComesNear() {
        Role role = role(policy("""
                {'Effect': 'Allow', 'Action': ['dynamodb:GetItem', 'dynamodb:Query'], 'Resource': '%s'},
                {'Sid': 'Elsewhere', 'Effect': 'Allow', 'Action': 'dynamodb:Put*',
                 'Resource': 'arn:aws:dynamodb:*:*:table/X'},
                {'Effect': 'Allow', 'Action': 'dynamodb:*', 'Resource': '*',
                 'Condition': {'StringEquals': {'k': ['a', 'b']}, 'Bool': {'aws:RequestTag/x': 'true'}}},
                {'Effect': 'Allow', 'Action': 'xray:PutTraceSegments', 'Resource': '*'}""".formatted(TABLE)));
        AccessRequest request = new AccessRequest("dynamodb:PutItem", TABLE, Map.of("k", List.of("c")));

        assertThat(((Denied) role.decide(request)).explanation()).isEqualTo("""
                Denied: dynamodb:PutItem on arn:aws:dynamodb:eu-west-1:000000000000:table/Orders
                  role   orders, construct Shop/Role
                  why    no statement of the role's policies allows it
                  near   Shop/Role/Default (policy Default), statement #2: its condition fails: \
                StringEquals k wants a or b, the request has c; \
                Bool aws:RequestTag/x wants true, the request has no such key
                  near   Shop/Role/Default (policy Default), statement Elsewhere: \
                has the action, but on arn:aws:dynamodb:*:*:table/X
                  near   Shop/Role/Default (policy Default), statement #0: \
                has the resource, but for dynamodb:GetItem, dynamodb:Query
                  add    {"Effect":"Allow","Action":"dynamodb:PutItem",\
                "Resource":"arn:aws:dynamodb:eu-west-1:000000000000:table/Orders"}
                  where  to the policy at Shop/Role/Default of the role at Shop/Role, \
                by a grant of dynamodb:PutItem in the CDK construct that owns the resource""");
    }

    @Test
    void proposesAStatementThatWouldAllowTheRequest() {
        String explanation = denied(role(other)).explanation();

        String statement = explanation.lines().filter(line -> line.startsWith("  add")).findFirst().orElseThrow()
                .replaceFirst("  add +", "");
        assertThat(role(policy(statement)).decide(request("dynamodb:PutItem", TABLE))).isInstanceOf(Allowed.class);
    }

    @Test
    void explainsARoleWithoutPolicies() {
        assertThat(denied(role()).explanation())
                .contains("why    the role has no policy")
                .contains("where  to a policy of the role at Shop/Role");
    }

    @Test
    void explainsADenyWithoutProposingAnAllow() {
        assertThat(denied(role(all, none)).explanation())
                .contains("why    denied by Shop/Role/Default (policy Default), statement None")
                .doesNotContain("  add");
    }

    @Test
    void explainsABoundaryByItsOwnStatements() {
        Policy boundary = new PolicyReader(Set.of()).policy("Boundary", "Shop/Boundary", Policies.document(
                "{'Effect': 'Allow', 'Action': 'dynamodb:Get*', 'Resource': '*'}"));

        assertThat(denied(bounded(boundary, all)).explanation())
                .contains("why    a policy allows it, but the permissions boundary does not")
                .contains("near   Shop/Boundary (policy Boundary), statement #0: has the resource, but for dynamodb:G")
                .contains("where  to the policy at Shop/Boundary");
    }

    @Test
    void limitsTheNearMisses() {
        String statement = "{'Effect': 'Allow', 'Action': 'dynamodb:GetItem', 'Resource': '*'}";
        String explanation = denied(role(policy(String.join(",", List.of(
                statement, statement, statement, statement, statement, statement, statement))))).explanation();

        assertThat(explanation.lines().filter(line -> line.startsWith("  near"))).hasSize(6);
        assertThat(explanation).contains("  near   2 more");
    }

    private static Denied denied(Role role) {
        return (Denied) role.decide(request("dynamodb:PutItem", TABLE));
    }
}
