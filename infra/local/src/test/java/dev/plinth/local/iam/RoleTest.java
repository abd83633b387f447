package dev.plinth.local.iam;

import static dev.plinth.local.iam.Policies.TABLE;
import static dev.plinth.local.iam.Policies.bounded;
import static dev.plinth.local.iam.Policies.policy;
import static dev.plinth.local.iam.Policies.request;
import static dev.plinth.local.iam.Policies.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RoleTest {
    /** What a policy says about the request, and whether a condition on it holds. */
    private enum Says {
        NOTHING, ALLOW, ALLOW_IF_FALSE, ALLOW_IF_TRUE, DENY, DENY_IF_FALSE, DENY_IF_TRUE, ALLOW_AND_DENY;

        Policy policy() {
            String effect = name().startsWith("DENY") ? "Deny" : "Allow";
            String condition = name().endsWith("FALSE") ? "other" : "here";
            String statement = """
                    {'Effect': '%s', 'Action': '%s', 'Resource': '%s', 'Condition': {'StringEquals': {'k': '%s'}}}"""
                    .formatted(effect, this == NOTHING ? "sqs:SendMessage" : "dynamodb:PutItem", TABLE, condition);
            return Policies.policy(this == ALLOW_AND_DENY
                    ? statement + ", {'Sid': 'Never', 'Effect': 'Deny', 'Action': '*', 'Resource': '*'}"
                    : statement);
        }

        boolean allows() {
            return this == ALLOW || this == ALLOW_IF_TRUE || this == ALLOW_AND_DENY;
        }

        boolean denies() {
            return this == DENY || this == DENY_IF_TRUE || this == ALLOW_AND_DENY;
        }
    }

    /** A line of the truth table; a boundary that is null is no boundary, which differs from one that says nothing. */
    private record Line(Says first, Says second, Says boundary) {
        boolean allowed() {
            boolean denied = first.denies() || second.denies() || boundary != null && boundary.denies();
            boolean allowedByBoundary = boundary == null || boundary.allows();
            return !denied && (first.allows() || second.allows()) && allowedByBoundary;
        }
    }

    static List<Line> truthTable() {
        List<Line> lines = new ArrayList<>();
        for (Says first : Says.values()) {
            for (Says second : Says.values()) {
                lines.add(new Line(first, second, null));
                for (Says boundary : Says.values()) {
                    lines.add(new Line(first, second, boundary));
                }
            }
        }
        return lines;
    }

    @ParameterizedTest
    @MethodSource("truthTable")
    void followsTheEvaluationLogicOfIam(Line line) {
        Policy[] policies = {line.first().policy(), line.second().policy()};
        Role role = line.boundary() == null ? role(policies) : bounded(line.boundary().policy(), policies);
        AccessRequest request = new AccessRequest("dynamodb:PutItem", TABLE, Map.of("K", List.of("here")));

        assertThat(role.decide(request) instanceof Allowed).isEqualTo(line.allowed());
    }

    @Test
    void deniesWhatNoPolicyMentions() {
        Denied denied = (Denied) role().decide(request("dynamodb:PutItem", TABLE));

        assertThat(denied.reason()).isEqualTo(Denied.Reason.NO_ALLOW);
        assertThat(denied.denying()).isEmpty();
    }

    @Test
    void namesTheStatementThatDecides() {
        Policy policy = policy("""
                {'Effect': 'Allow', 'Action': 'sqs:*', 'Resource': '*'},
                {'Effect': 'Allow', 'Action': 'dynamodb:*', 'Resource': '*'},
                {'Sid': 'NoDeletes', 'Effect': 'Deny', 'Action': 'dynamodb:Delete*', 'Resource': '*'}""");

        assertThat(role(policy).decide(request("dynamodb:GetItem", TABLE)))
                .isEqualTo(new Allowed(new StatementName("Default", "Shop/Role/Default", "#1")));
        Denied denied = (Denied) role(policy).decide(request("dynamodb:DeleteItem", TABLE));
        assertThat(denied.reason()).isEqualTo(Denied.Reason.EXPLICIT_DENY);
        assertThat(denied.denying()).contains(new StatementName("Default", "Shop/Role/Default", "NoDeletes"));
    }

    @Test
    void tellsTheBoundaryFromThePolicies() {
        Policy all = policy("{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}");
        Policy reads = policy("""
                {'Effect': 'Allow', 'Action': 'dynamodb:Get*', 'Resource': '*'},
                {'Effect': 'Deny', 'Action': 'dynamodb:Scan', 'Resource': '*'}""");

        assertThat(bounded(reads, all).decide(request("dynamodb:GetItem", TABLE))).isInstanceOf(Allowed.class);
        assertThat(((Denied) bounded(reads, all).decide(request("dynamodb:PutItem", TABLE))).reason())
                .isEqualTo(Denied.Reason.BOUNDARY);
        assertThat(((Denied) bounded(reads, all).decide(request("dynamodb:Scan", TABLE))).reason())
                .isEqualTo(Denied.Reason.EXPLICIT_DENY_IN_BOUNDARY);
        assertThat(((Denied) bounded(reads).decide(request("dynamodb:GetItem", TABLE))).reason())
                .isEqualTo(Denied.Reason.NO_ALLOW);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'Action': 'dynamodb:GetItem', 'Resource': '*' | true",
        "'Action': 'DYNAMODB:getitem', 'Resource': '*' | true",
        "'Action': 'dynamodb:Get?tem', 'Resource': '*' | true",
        "'Action': '*', 'Resource': '*' | true",
        "'Action': '*:*', 'Resource': '*' | true",
        "'Action': ['sqs:*', 'dynamodb:*Item'], 'Resource': '*' | true",
        "'Action': 'dynamodb:Get', 'Resource': '*' | false",
        "'NotAction': 'dynamodb:PutItem', 'Resource': '*' | true",
        "'NotAction': ['sqs:*', 'dynamodb:*'], 'Resource': '*' | false",
        "'Action': '*', 'Resource': 'arn:aws:dynamodb:eu-west-1:000000000000:table/Orders' | true",
        "'Action': '*', 'Resource': 'arn:aws:dynamodb:eu-west-1:000000000000:table/orders' | false",
        "'Action': '*', 'Resource': 'arn:aws:dynamodb:eu-west-1:000000000000:table/Orders/*' | false",
        "'Action': '*', 'Resource': 'arn:aws:dynamodb:*:*:table/O*' | true",
        "'Action': '*', 'Resource': 'arn:aws:dynamodb:*' | true",
        "'Action': '*', 'Resource': 'arn:aws:dynamodb' | true",
        "'Action': '*', 'Resource': ['arn:aws:s3:::bucket', 'arn:*:dynamodb:*'] | true",
        "'Action': '*', 'NotResource': 'arn:aws:s3:::*' | true",
        "'Action': '*', 'NotResource': 'arn:aws:dynamodb:*:*:table/*' | false",
    })
    void matchesActionsAndResources(String elements, boolean allowed) {
        Role role = role(policy("{'Effect': 'Allow', " + elements + "}"));

        assertThat(role.decide(request("dynamodb:GetItem", TABLE)) instanceof Allowed).isEqualTo(allowed);
    }

    @Test
    void refusesAnActionThatIsNone() {
        assertThatThrownBy(() -> request("GetItem", TABLE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request("dynamodb:*", TABLE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnArnThatIsNoRole() {
        assertThatThrownBy(() -> new Role("x", "arn:aws:iam::000000000000:user/x", "Shop", List.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
