package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.Service;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, read from the templates. */
class PermissionsTest {
    private static final String ROLE = "AWS::IAM::Role";
    private static final String POLICY = "AWS::IAM::Policy";

    /** What Lambda demands of the role of a function that a queue starts. */
    private static final Set<String> CONSUMING =
            Set.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");

    private record Statement(String effect, Set<String> actions, Set<String> resources) {
    }

    /** Writes what a role may do in the words of its policy. */
    private record Words(Synthesis synthesis) {
        String table(String id) {
            return "${" + synthesis.at(id + "/Table/Resource").logicalId() + ".Arn}";
        }

        String queue(String id) {
            return "${" + synthesis.at(id + "/Queue/Resource").logicalId() + ".Arn}";
        }

        String secret() {
            return "${" + synthesis.resource("AWS::SecretsManager::Secret").logicalId() + "}";
        }

        /** Returns the one user of a service, at the proxy where the stage has one. */
        String databaseUser(String user) {
            String id = synthesis.resources("AWS::RDS::DBProxy").stream()
                    .map(proxy -> "${6 of ${" + proxy.logicalId() + ".DBProxyArn}}").findFirst()
                    .orElse("${" + synthesis.resource("AWS::RDS::DBInstance").logicalId() + ".DbiResourceId}");
            return own("rds-db", "dbuser:" + id + "/" + user);
        }

        Set<String> cacheUser(Service service) {
            return Set.of(
                    own("elasticache", "replicationgroup:${"
                            + synthesis.resource("AWS::ElastiCache::ReplicationGroup").logicalId() + "}"),
                    own("elasticache", "user:${" + synthesis.at("Valkey/" + service.environment()).logicalId() + "}"));
        }

        Set<String> sender() {
            return Set.of(
                    own("ses", "identity/${" + synthesis.resource("AWS::SES::EmailIdentity").logicalId() + "}"),
                    own("ses", "configuration-set/${"
                            + synthesis.resource("AWS::SES::ConfigurationSet").logicalId() + "}"));
        }

        static String own(String service, String resource) {
            return "arn:${AWS::Partition}:" + service + ":${AWS::Region}:${AWS::AccountId}:" + resource;
        }

        /** Returns what every function may do: write its log, and send traces. */
        Set<Statement> outside(Service service, Statement... more) {
            Set<Statement> all = new HashSet<>(Set.of(more));
            all.add(log(service));
            all.add(allow(Set.of("xray:PutTraceSegments", "xray:PutTelemetryRecords"), Set.of("*")));
            return all;
        }

        /** Returns what every function inside the network may do: also be attached to it. */
        Set<Statement> inside(Service service, Statement... more) {
            Set<Statement> all = new HashSet<>(Set.of(more));
            all.add(log(service));
            all.add(allow(Set.of("xray:PutTraceSegments", "xray:PutTelemetryRecords",
                    "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"), Set.of("*")));
            all.add(allow(Set.of("ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
                    "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"), Set.of(own("ec2", "*/*"))));
            return all;
        }

        private Statement log(Service service) {
            return allow(Set.of("logs:CreateLogStream", "logs:PutLogEvents"), Set.of("${" + synthesis.function(service)
                    .properties().at("/LoggingConfig/LogGroup/Ref").asText() + ".Arn}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void allowsEachFunctionWhatItsServiceDoesAndNothingElse(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Words of = new Words(synthesis);
        String orders = of.table("Orders");
        String todos = of.table("Todos");
        String tokenKeys = of.table("TokenKeys");
        String revocations = of.table("Revocations");
        Set<String> bothQueues = Set.of(of.queue("IdentityEvents"), of.queue("TodosEvents"));
        Map<Service, Set<Statement>> expected = new EnumMap<>(Service.class);
        expected.put(Service.ORDERS, of.outside(Service.ORDERS,
                allow(Set.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"), Set.of(orders)),
                allow(Set.of("dynamodb:Query"), Set.of(orders + "/index/OrdersByStatusIndex",
                        orders + "/index/OrdersByCustomerIndex", orders + "/index/OrdersByOwnerIndex"))));
        expected.put(Service.IDENTITY, of.inside(Service.IDENTITY,
                allow(Set.of("dynamodb:Query"), Set.of(tokenKeys)),
                allow(Set.of("dynamodb:PutItem"), Set.of(revocations)),
                allow(Set.of("sqs:SendMessage"), bothQueues),
                allow(Set.of("secretsmanager:GetSecretValue"), Set.of(of.secret())),
                allow(Set.of("rds-db:connect"), Set.of(of.databaseUser("plinth_identity"))),
                allow(Set.of("elasticache:Connect"), of.cacheUser(Service.IDENTITY))));
        expected.put(Service.TODOS, of.outside(Service.TODOS,
                allow(Set.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem",
                        "dynamodb:Query"), Set.of(todos)),
                allow(Set.of("dynamodb:Query"),
                        Set.of(todos + "/index/TodosByStatusIndex", todos + "/index/TodosByDueIndex"))));
        expected.put(Service.DASHBOARD, of.inside(Service.DASHBOARD,
                allow(Set.of("dynamodb:GetItem"), Set.of(todos)),
                allow(Set.of("dynamodb:Query"), Set.of(todos + "/index/TodosByDueIndex")),
                allow(Set.of("rds-db:connect"), Set.of(of.databaseUser("plinth_dashboard"))),
                allow(Set.of("elasticache:Connect"), of.cacheUser(Service.DASHBOARD))));
        expected.put(Service.AUTHORIZER, of.outside(Service.AUTHORIZER,
                allow(Set.of("dynamodb:Query"), Set.of(tokenKeys)),
                allow(Set.of("dynamodb:GetItem"), Set.of(revocations))));
        expected.put(Service.IDENTITY_WORKER, of.inside(Service.IDENTITY_WORKER,
                allow(Set.of("dynamodb:PutItem"), Set.of(revocations)),
                allow(Set.of("ses:SendEmail"), of.sender()),
                allow(CONSUMING, Set.of(of.queue("IdentityEvents"))),
                allow(Set.of("rds-db:connect"), Set.of(of.databaseUser("plinth_identity_worker"))),
                allow(Set.of("elasticache:Connect"), of.cacheUser(Service.IDENTITY_WORKER))));
        expected.put(Service.TODOS_WORKER, of.outside(Service.TODOS_WORKER,
                allow(Set.of("dynamodb:PutItem", "dynamodb:Query", "dynamodb:BatchWriteItem"), Set.of(todos)),
                allow(CONSUMING, Set.of(of.queue("TodosEvents")))));
        expected.put(Service.OUTBOX_RELAY, of.inside(Service.OUTBOX_RELAY,
                allow(Set.of("sqs:SendMessage"), bothQueues),
                allow(Set.of("rds-db:connect"), Set.of(of.databaseUser("plinth_outbox_relay")))));
        expected.put(Service.TOKEN_KEYS, of.outside(Service.TOKEN_KEYS,
                allow(Set.of("dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"), Set.of(tokenKeys)),
                allow(Set.of("secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue",
                        "secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"),
                        Set.of(of.secret()))));
        expected.put(Service.MIGRATIONS, of.inside(Service.MIGRATIONS,
                allow(Set.of("secretsmanager:GetSecretValue"), Set.of("${"
                        + synthesis.resource("AWS::RDS::DBInstance").logicalId() + ".MasterUserSecret.SecretArn}"))));

        assertThat(expected).hasSize(Service.values().length).allSatisfy((service, statements) ->
                assertThat(statementsOf(synthesis, synthesis.function(service).properties()
                        .at("/Role/Fn::GetAtt/0").asText())).isEqualTo(statements));
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "prod"})
    void allowsProxyToSignInAsTheUsersOfServicesAndNotAsAdministrator(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        String user = Words.own("rds-db",
                "dbuser:${" + synthesis.resource("AWS::RDS::DBInstance").logicalId() + ".DbiResourceId}/");
        Synthesis.Resource role = synthesis.at("Proxy/Role/Resource");

        assertThat(role.properties().path("Policies")).hasSize(1);
        assertThat(Synthesis.elements(role.properties().at("/Policies/0/PolicyDocument/Statement"))
                .map(statement -> statement(synthesis, statement))).containsExactly(allow(Set.of("rds-db:connect"),
                        Set.of(user + "plinth_identity", user + "plinth_identity_worker", user + "plinth_outbox_relay",
                                user + "plinth_dashboard")));
        assertThat(statementsOf(synthesis, role.logicalId())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void allowsFlowLogsToBeWrittenToTheirGroup(String stage) {
        Synthesis synthesis = Synthesis.of(stage);

        assertThat(statementsOf(synthesis, synthesis.at("Private/FlowLogWriter/Resource").logicalId())).containsExactly(
                allow(Set.of("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"),
                        Set.of("${" + synthesis.at("Private/FlowLogs/Resource").logicalId() + ".Arn}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void givesEachFunctionRoleOfItsOwnWithoutManagedPolicies(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        List<String> roles = synthesis.resources("AWS::Lambda::Function").stream()
                .map(function -> synthesis.text(function.properties().path("Role"))).toList();

        assertThat(roles).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(synthesis.resources(ROLE).stream()
                .filter(role -> trusted(role).contains("lambda.amazonaws.com"))
                .map(role -> "${" + role.logicalId() + ".Arn}").toList());
        assertThat(synthesis.resources(ROLE))
                .allSatisfy(role -> assertThat(role.properties().has("ManagedPolicyArns")).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void letsServicesOfAwsAssumeTheRolesAndNobodyElse(String stage) {
        Map<String, Long> expected = new HashMap<>(
                Map.of("lambda.amazonaws.com", 10L, "vpc-flow-logs.amazonaws.com", 1L));
        if (!stage.equals("dev")) {
            expected.put("rds.amazonaws.com", 1L);
        }

        assertThat(Synthesis.of(stage).resources(ROLE).stream().map(PermissionsTest::trusted)
                .collect(Collectors.groupingBy(service -> service, Collectors.counting()))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void allowsNoActionByWildcard(String stage) {
        assertThat(statements(Synthesis.of(stage)).flatMap(statement -> statement.actions().stream()))
                .isNotEmpty().noneMatch(action -> action.contains("*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void opensNothingToThePublicButTheApi(String stage) {
        // Whoever adds a type that the internet or another account can reach has to come by here.
        Set<String> expected = new HashSet<>(Set.of(
                "AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Authorizer", "AWS::ApiGatewayV2::Integration",
                "AWS::ApiGatewayV2::Route", "AWS::ApiGatewayV2::Stage", "AWS::CloudWatch::Alarm",
                "AWS::CloudWatch::Dashboard", "AWS::DynamoDB::Table", "AWS::EC2::FlowLog", "AWS::EC2::RouteTable",
                "AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::Subnet",
                "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::VPC", "AWS::EC2::VPCEndpoint",
                "AWS::ElastiCache::ParameterGroup", "AWS::ElastiCache::ReplicationGroup",
                "AWS::ElastiCache::SubnetGroup", "AWS::ElastiCache::User", "AWS::ElastiCache::UserGroup",
                "AWS::Events::Rule", "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::Lambda::Alias",
                "AWS::Lambda::EventSourceMapping", "AWS::Lambda::Function", "AWS::Lambda::Permission",
                "AWS::Lambda::Version", "AWS::Logs::LogGroup", "AWS::RDS::DBInstance", "AWS::RDS::DBParameterGroup",
                "AWS::RDS::DBSubnetGroup", "AWS::SES::ConfigurationSet", "AWS::SES::EmailIdentity",
                "AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "AWS::SecretsManager::RotationSchedule",
                "AWS::SecretsManager::Secret", "Custom::Migrations"));
        if (!stage.equals("dev")) {
            expected.addAll(Set.of("AWS::RDS::DBProxy", "AWS::RDS::DBProxyTargetGroup"));
        }

        assertThat(Synthesis.of(stage).resources().map(Synthesis.Resource::type).collect(Collectors.toSet()))
                .isEqualTo(expected);
    }

    private static String trusted(Synthesis.Resource role) {
        JsonNode statements = role.properties().at("/AssumeRolePolicyDocument/Statement");
        String service = statements.at("/0/Principal/Service").asText();
        assertThat(statements.toString()).isEqualTo("[{\"Action\":\"sts:AssumeRole\",\"Effect\":\"Allow\","
                + "\"Principal\":{\"Service\":\"" + service + "\"}}]");
        return service;
    }

    private static Statement allow(Set<String> actions, Set<String> resources) {
        return new Statement("Allow", new TreeSet<>(actions), new TreeSet<>(resources));
    }

    private static Stream<Statement> statements(Synthesis synthesis) {
        return synthesis.resources(POLICY).stream().flatMap(policy -> statements(synthesis, policy));
    }

    private static Set<Statement> statementsOf(Synthesis synthesis, String role) {
        return synthesis.resources(POLICY).stream()
                .filter(policy -> Synthesis.elements(policy.properties().path("Roles"))
                        .anyMatch(each -> each.path("Ref").asText().equals(role)))
                .flatMap(policy -> statements(synthesis, policy)).collect(Collectors.toSet());
    }

    private static Stream<Statement> statements(Synthesis synthesis, Synthesis.Resource policy) {
        return Synthesis.elements(policy.properties().at("/PolicyDocument/Statement"))
                .map(statement -> statement(synthesis, statement));
    }

    private static Statement statement(Synthesis synthesis, JsonNode statement) {
        assertThat(statement.has("NotAction") || statement.has("NotResource")).isFalse();
        return new Statement(statement.path("Effect").asText(),
                texts(synthesis, statement.path("Action")), texts(synthesis, statement.path("Resource")));
    }

    private static Set<String> texts(Synthesis synthesis, JsonNode oneOrMany) {
        Stream<JsonNode> values = oneOrMany.isArray() ? Synthesis.elements(oneOrMany) : Stream.of(oneOrMany);
        return new TreeSet<>(values.map(synthesis::text).toList());
    }
}
