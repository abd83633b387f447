package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.Service;
import dev.plinth.contract.StackId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, read from the templates. */
class PermissionsTest {
    private static final String ROLE = "AWS::IAM::Role";
    private static final String POLICY = "AWS::IAM::Policy";

    /** Stands before what a statement does not allow. */
    private static final String NOT = "all but ";

    private static final Pattern REFERENCE =
            Pattern.compile("\\{\"Fn::GetAtt\":\\[\"(\\w+)\",\"Arn\"]}");

    private static final List<String> ALL_QUEUES =
            List.of("IdentityEvents", "TodosEvents", "StudioEvents", "Generations", "Deployments", "Webhooks");

    /** What Lambda demands of the role of a function that a queue starts. */
    private static final Set<String> CONSUMING =
            Set.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");

    /** @param conditions as JSON, without spaces; empty for none */
    private record Statement(String effect, Set<String> actions, Set<String> resources, String conditions) {
    }

    /** Writes what a role may do in the words of its policy. */
    private record Words(Synthesis synthesis) {
        String table(String id) {
            return "${" + synthesis.at(id + "/Table/Resource").logicalId() + ".Arn}";
        }

        Set<String> tables(String... ids) {
            return Arrays.stream(ids).map(this::table).collect(Collectors.toSet());
        }

        /** Allows to query the named indexes. */
        Statement queries(String... tablesAndIndexes) {
            Set<String> indexes = new HashSet<>();
            for (int i = 0; i < tablesAndIndexes.length; i += 2) {
                indexes.add(table(tablesAndIndexes[i]) + "/index/" + tablesAndIndexes[i + 1]);
            }
            return allow(Set.of("dynamodb:Query"), indexes);
        }

        /** Allows to count a request: what every function behind the API may do. */
        Statement counting() {
            return allow(Set.of("dynamodb:UpdateItem"), Set.of(table("RateLimits")));
        }

        String queue(String id) {
            return "${" + synthesis.at(id + "/Queue/Resource").logicalId() + ".Arn}";
        }

        String deadLetters(String id) {
            return "${" + synthesis.at(id + "/DeadLetters/Resource").logicalId() + ".Arn}";
        }

        String topic() {
            return "${" + synthesis.resource("AWS::SNS::Topic").logicalId() + "}";
        }

        Set<String> objects(String... prefixes) {
            String bucket = "${" + synthesis.resource("AWS::S3::Bucket").logicalId() + ".Arn}/";
            return Arrays.stream(prefixes).map(prefix -> bucket + prefix + "*").collect(Collectors.toSet());
        }

        String deploymentRole() {
            return "${" + synthesis.at("Deployments/Role/Resource").logicalId() + ".Arn}";
        }

        String studioPrefix() {
            return "plinth-" + synthesis.stage() + "-stacks-*";
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
        Set<String> events = Set.of(of.queue("IdentityEvents"), of.queue("TodosEvents"), of.queue("StudioEvents"));
        Map<Service, Set<Statement>> expected = new EnumMap<>(Service.class);
        expected.put(Service.ORDERS, of.outside(Service.ORDERS, of.counting(),
                allow(Set.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"), Set.of(orders)),
                allow(Set.of("dynamodb:Query"), Set.of(orders + "/index/OrdersByStatusIndex",
                        orders + "/index/OrdersByCustomerIndex", orders + "/index/OrdersByOwnerIndex"))));
        expected.put(Service.IDENTITY, of.inside(Service.IDENTITY, of.counting(),
                allow(Set.of("dynamodb:Query"), Set.of(tokenKeys)),
                allow(Set.of("dynamodb:PutItem"), Set.of(revocations)),
                allow(Set.of("sqs:SendMessage"), events),
                allow(Set.of("secretsmanager:GetSecretValue"), Set.of(of.secret())),
                allow(Set.of("rds-db:connect"), Set.of(of.databaseUser("plinth_identity"))),
                allow(Set.of("elasticache:Connect"), of.cacheUser(Service.IDENTITY))));
        expected.put(Service.TODOS, of.outside(Service.TODOS, of.counting(),
                allow(Set.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem",
                        "dynamodb:Query"), Set.of(todos)),
                allow(Set.of("dynamodb:Query"),
                        Set.of(todos + "/index/TodosByStatusIndex", todos + "/index/TodosByDueIndex"))));
        expected.put(Service.DASHBOARD, of.inside(Service.DASHBOARD, of.counting(),
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
                allow(Set.of("sqs:SendMessage"), events),
                allow(Set.of("rds-db:connect"), Set.of(of.databaseUser("plinth_outbox_relay")))));
        expected.put(Service.TOKEN_KEYS, of.outside(Service.TOKEN_KEYS,
                allow(Set.of("dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"), Set.of(tokenKeys)),
                allow(Set.of("secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue",
                        "secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"),
                        Set.of(of.secret()))));
        expected.put(Service.MIGRATIONS, of.inside(Service.MIGRATIONS,
                allow(Set.of("secretsmanager:GetSecretValue"), Set.of("${"
                        + synthesis.resource("AWS::RDS::DBInstance").logicalId() + ".MasterUserSecret.SecretArn}"))));

        expected.putAll(studio(of));

        assertThat(expected).hasSize(Service.values().length);
        expected.forEach((service, statements) ->
                assertThat(granted(statementsOf(synthesis, roleOf(synthesis, service)))).as(service.name())
                        .isEqualTo(granted(statements)));
    }

    /** Returns what statements allow, one action on one resource a line. How they are grouped is the CDK's. */
    private static Set<String> granted(Set<Statement> statements) {
        Set<String> granted = new TreeSet<>();
        for (Statement statement : statements) {
            String condition = statement.conditions().isEmpty() ? "" : " if " + statement.conditions();
            statement.actions().forEach(action -> statement.resources().forEach(resource ->
                    granted.add(statement.effect() + " " + action + " on " + resource + condition)));
        }
        return granted;
    }

    private static String roleOf(Synthesis synthesis, Service service) {
        return synthesis.function(service).properties().at("/Role/Fn::GetAtt/0").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void givesTheStudioAndItsWorkersNothingThatTheOtherNeedsAlone(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Set<String> api = actions(synthesis, Service.STUDIO);
        Set<String> generation = actions(synthesis, Service.GENERATION_WORKER);
        Set<String> deployment = actions(synthesis, Service.DEPLOYMENT_WORKER);

        assertThat(Set.of(roleOf(synthesis, Service.STUDIO), roleOf(synthesis, Service.GENERATION_WORKER),
                roleOf(synthesis, Service.DEPLOYMENT_WORKER))).hasSize(3);
        // The API stores nothing, takes no work, tells nobody, deploys nothing and passes no role.
        assertThat(api).contains("s3:GetObject").doesNotContain("s3:PutObject", "sqs:ReceiveMessage",
                "sqs:DeleteMessage", "sns:Publish", "iam:PassRole")
                .noneMatch(action -> action.startsWith("cloudformation:"));
        // A worker reads no archive and sees no project, schema or person.
        assertThat(generation).contains("s3:PutObject").doesNotContain("s3:GetObject", "s3:DeleteObject",
                "dynamodb:Query", "iam:PassRole").noneMatch(action -> action.startsWith("cloudformation:"));
        assertThat(deployment).contains("iam:PassRole").doesNotContain("s3:PutObject", "dynamodb:Query");
        assertThat(resources(synthesis, Service.GENERATION_WORKER))
                .doesNotContainAnyElementsOf(new Words(synthesis).tables("Studio/Users", "Studio/Projects",
                        "Studio/Schemas", "Studio/Architectures", "Studio/Teams", "Studio/Settings",
                        "Studio/Deployments"));
        assertThat(resources(synthesis, Service.DEPLOYMENT_WORKER))
                .doesNotContainAnyElementsOf(new Words(synthesis).tables("Studio/Users", "Studio/Projects",
                        "Studio/Schemas", "Studio/Architectures", "Studio/Teams", "Studio/Settings",
                        "Studio/CodeGenerations"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void allowsWhatCloudFormationDeploysForTheStudioOnlyUnderItsPrefix(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        String name = "plinth-" + stage + "-stacks-*";

        assertThat(granted(statementsOf(synthesis, synthesis.at("Deployments/Role/Resource").logicalId())))
                .isEqualTo(granted(Set.of(
                        allow(Set.of("dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:DescribeTable",
                                "dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTimeToLive",
                                "dynamodb:DescribeContributorInsights",
                                "dynamodb:DescribeKinesisStreamingDestination", "dynamodb:GetResourcePolicy",
                                "dynamodb:ListTagsOfResource", "dynamodb:TagResource",
                                "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTimeToLive"),
                                Set.of(Words.own("dynamodb", "table/" + name))),
                        allow(Set.of("s3:CreateBucket", "s3:DeleteBucket", "s3:DeleteBucketPolicy",
                                "s3:GetBucketPolicy", "s3:ListBucket", "s3:PutBucketOwnershipControls",
                                "s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock", "s3:PutBucketTagging",
                                "s3:PutEncryptionConfiguration",
                                "s3:PutLifecycleConfiguration"), Set.of("arn:${AWS::Partition}:s3:::" + name)),
                        allow(Set.of("sns:CreateTopic", "sns:DeleteTopic", "sns:GetDataProtectionPolicy",
                                "sns:GetSubscriptionAttributes", "sns:GetTopicAttributes",
                                "sns:ListSubscriptionsByTopic", "sns:ListTagsForResource",
                                "sns:SetSubscriptionAttributes", "sns:SetTopicAttributes", "sns:Subscribe",
                                "sns:TagResource", "sns:Unsubscribe"), Set.of(Words.own("sns", name))),
                        allow(Set.of("sqs:CreateQueue", "sqs:DeleteQueue", "sqs:GetQueueAttributes",
                                "sqs:GetQueueUrl", "sqs:ListQueueTags", "sqs:SetQueueAttributes", "sqs:TagQueue"),
                                Set.of(Words.own("sqs", name))))));
    }

    /** The generator is in a module that the stacks do not know, and a role for another type would deploy nothing. */
    @Test
    void knowsTheTypesThatTheGeneratorEmits() throws IOException {
        String generator = Files.readString(Synthesis.root()
                .resolve("runtime/functions/src/main/java/dev/plinth/generator/ResourceTypes.java"));

        assertThat(DeploymentRole.RESOURCE_TYPES).containsExactlyInAnyOrderElementsOf(
                Pattern.compile("\"(AWS::\\w+::\\w+)\"").matcher(generator).results()
                        .map(type -> type.group(1)).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void keepsThePrefixInNamesThatCloudFormationCutsShort(String stage) {
        String prefix = Synthesis.of(stage).template(StackId.RUNTIME).at("/Outputs/DeploymentStackPrefix/Value")
                .asText();

        // A bucket's name has at most 63 characters, without capitals. Of a long stack's name CloudFormation keeps 24.
        assertThat(prefix).matches("[a-z0-9-]{1,24}");
    }

    /** IAM takes no more than 10,240 characters of inline policies for a role. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void fitsThePoliciesOfEachRoleIntoTheQuotaOfIam(String stage) {
        Synthesis synthesis = Synthesis.of(stage);

        assertThat(synthesis.resources(ROLE)).isNotEmpty().allSatisfy(role -> assertThat(synthesis.resources(POLICY)
                .stream().filter(policy -> policy.properties().at("/Roles/0/Ref").asText().equals(role.logicalId()))
                .mapToInt(policy -> deployedSize(synthesis, policy.properties().path("PolicyDocument"))).sum())
                .isLessThan(10_240));
    }

    /** Returns the size of a document when each reference has become an ARN with a long name. */
    private static int deployedSize(Synthesis synthesis, JsonNode node) {
        if (node.isObject() && node.size() == 1 && (node.has("Ref") || node.fieldNames().next().startsWith("Fn::"))) {
            return synthesis.text(node).replaceAll("\\$\\{[^}]*}", "x".repeat(130)).length() + 2;
        }
        if (node.isObject()) {
            return node.properties().stream()
                    .mapToInt(each -> each.getKey().length() + 4 + deployedSize(synthesis, each.getValue())).sum() + 1;
        }
        return node.isArray() ? Synthesis.elements(node).mapToInt(each -> deployedSize(synthesis, each) + 1).sum() + 1
                : node.toString().length();
    }

    private static Set<String> actions(Synthesis synthesis, Service service) {
        return statementsOf(synthesis, roleOf(synthesis, service)).stream()
                .flatMap(statement -> statement.actions().stream()).collect(Collectors.toSet());
    }

    private static Set<String> resources(Synthesis synthesis, Service service) {
        return statementsOf(synthesis, roleOf(synthesis, service)).stream()
                .flatMap(statement -> statement.resources().stream()).collect(Collectors.toSet());
    }

    private static Map<Service, Set<Statement>> studio(Words of) {
        Map<Service, Set<Statement>> expected = new EnumMap<>(Service.class);
        String logs = of.table("Studio/ActivityLogs");
        String figures = of.table("Studio/Analytics");
        expected.put(Service.STUDIO, of.outside(Service.STUDIO, of.counting(),
                allow(Set.of("dynamodb:GetItem", "dynamodb:UpdateItem"), of.tables("Studio/Users")),
                allow(Set.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem",
                        "dynamodb:ConditionCheckItem"), of.tables("Studio/Projects")),
                of.queries("Studio/Projects", "ProjectsByOwnerIndex", "Studio/Projects", "ProjectsByTeamIndex",
                        "Studio/Teams", "TeamsByUserIndex", "Studio/ActivityLogs", "ActivityByUserIndex",
                        "Studio/CodeGenerations", "JobsByProjectIndex", "Studio/Deployments", "JobsByProjectIndex"),
                allow(Set.of("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem",
                        "dynamodb:DeleteItem", "dynamodb:Query"), of.tables("Studio/Teams")),
                allow(Set.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:Query",
                        "dynamodb:BatchWriteItem"),
                        of.tables("Studio/Schemas", "Studio/Architectures", "Studio/Documentation")),
                allow(Set.of("dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:Query", "dynamodb:BatchWriteItem"),
                        of.tables("Studio/Settings")),
                allow(Set.of("dynamodb:PutItem", "dynamodb:Query"), Set.of(logs)),
                allow(Set.of("dynamodb:UpdateItem", "dynamodb:Query"), Set.of(figures)),
                allow(Set.of("dynamodb:GetItem", "dynamodb:PutItem"), of.tables("Studio/CodeGenerations")),
                allow(Set.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"),
                        of.tables("Studio/Deployments")),
                allow(Set.of("sqs:SendMessage"), Set.of(of.queue("Generations"), of.queue("Deployments"))),
                allow(Set.of("s3:GetObject"), of.objects("archives/", "diagrams/"))));
        expected.put(Service.GENERATION_WORKER, of.outside(Service.GENERATION_WORKER,
                allow(Set.of("dynamodb:GetItem", "dynamodb:UpdateItem"), of.tables("Studio/CodeGenerations")),
                allow(Set.of("dynamodb:PutItem"), Set.of(logs)),
                allow(Set.of("dynamodb:UpdateItem"), Set.of(figures)),
                allow(CONSUMING, Set.of(of.queue("Generations"))),
                allow(Set.of("sqs:ChangeMessageVisibility"), Set.of(of.queue("Generations"))),
                allow(Set.of("sqs:SendMessage"), Set.of(of.deadLetters("Generations"))),
                allow(Set.of("s3:PutObject", "s3:AbortMultipartUpload"),
                        of.objects("archives/", "diagrams/", "templates/")),
                allow(Set.of("sns:Publish"), Set.of(of.topic()))));
        String stacks = Words.own("cloudformation", "stack/" + of.studioPrefix() + "/*");
        expected.put(Service.DEPLOYMENT_WORKER, of.outside(Service.DEPLOYMENT_WORKER,
                allow(Set.of("dynamodb:GetItem", "dynamodb:UpdateItem"), of.tables("Studio/Deployments")),
                allow(Set.of("dynamodb:PutItem"), Set.of(logs)),
                allow(Set.of("dynamodb:UpdateItem"), Set.of(figures)),
                allow(CONSUMING, Set.of(of.queue("Deployments"))),
                allow(Set.of("sqs:ChangeMessageVisibility", "sqs:SendMessage"), Set.of(of.queue("Deployments"))),
                allow(Set.of("sqs:SendMessage"), Set.of(of.deadLetters("Deployments"))),
                allow(Set.of("s3:GetObject"), of.objects("templates/")),
                allow(Set.of("sns:Publish"), Set.of(of.topic())),
                allow(Set.of("cloudformation:CreateChangeSet"), Set.of(stacks), "{"
                        + "\"ArnEquals\":{\"cloudformation:RoleArn\":\"" + of.deploymentRole() + "\"},"
                        + "\"ForAllValues:StringEquals\":{\"cloudformation:ResourceTypes\":[\"AWS::DynamoDB::Table\","
                        + "\"AWS::S3::Bucket\",\"AWS::S3::BucketPolicy\",\"AWS::SNS::Subscription\","
                        + "\"AWS::SNS::Topic\",\"AWS::SQS::Queue\",\"AWS::SQS::QueuePolicy\"]},"
                        + "\"Null\":{\"cloudformation:ResourceTypes\":\"false\"}}"),
                allow(Set.of("cloudformation:DeleteStack", "cloudformation:DescribeChangeSet",
                        "cloudformation:DescribeStackEvents", "cloudformation:DescribeStacks",
                        "cloudformation:ExecuteChangeSet"), Set.of(stacks)),
                allow(Set.of("iam:PassRole"), Set.of(of.deploymentRole()),
                        "{\"StringEquals\":{\"iam:PassedToService\":\"cloudformation.amazonaws.com\"}}")));
        expected.put(Service.STUDIO_WORKER, of.outside(Service.STUDIO_WORKER,
                allow(Set.of("dynamodb:GetItem", "dynamodb:UpdateItem"),
                        of.tables("Studio/Users", "Studio/Projects", "Studio/Deployments")),
                of.queries("Studio/Projects", "ProjectsByOwnerIndex", "Studio/Projects", "ProjectsByTeamIndex",
                        "Studio/Teams", "TeamsByUserIndex"),
                allow(Set.of("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:Query"),
                        of.tables("Studio/Teams")),
                allow(Set.of("dynamodb:Query", "dynamodb:BatchWriteItem"), of.tables("Studio/Schemas",
                        "Studio/Architectures", "Studio/Documentation", "Studio/Settings")),
                allow(Set.of("dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:Query"),
                        of.tables("Studio/Integrations")),
                allow(Set.of("dynamodb:PutItem"), Set.of(logs)),
                allow(CONSUMING, Set.of(of.queue("StudioEvents"))),
                allow(Set.of("sqs:SendMessage"), Set.of(of.queue("Deployments"))),
                allow(Set.of("sns:Unsubscribe"), Set.of(of.topic()))));
        expected.put(Service.JOB_RELAY, of.outside(Service.JOB_RELAY,
                allow(Set.of("dynamodb:GetItem", "dynamodb:UpdateItem"),
                        of.tables("Studio/CodeGenerations", "Studio/Deployments")),
                of.queries("Studio/CodeGenerations", "JobsByCheckIndex", "Studio/Deployments", "JobsByCheckIndex"),
                allow(Set.of("sqs:SendMessage"), Set.of(of.queue("Generations"), of.queue("Deployments")))));
        expected.put(Service.NOTIFICATIONS, of.outside(Service.NOTIFICATIONS, of.counting(),
                allow(Set.of("dynamodb:GetItem"), of.tables("Studio/Projects", "Studio/Teams")),
                allow(Set.of("dynamodb:ConditionCheckItem"), of.tables("Studio/Projects")),
                allow(Set.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:Query"),
                        of.tables("Studio/Integrations")),
                allow(Set.of("dynamodb:PutItem"), Set.of(logs)),
                allow(Set.of("sns:Subscribe", "sns:ConfirmSubscription", "sns:Unsubscribe",
                        "sns:GetSubscriptionAttributes", "sns:SetSubscriptionAttributes"), Set.of(of.topic())),
                // A telephone number is no ARN.
                allow(Set.of("sns:Publish"), Set.of(NOT + "arn:*:sns:*:*:*")),
                allow(Set.of("sqs:SendMessage"), Set.of(of.queue("Webhooks")))));
        expected.put(Service.WEBHOOK_WORKER, of.outside(Service.WEBHOOK_WORKER,
                allow(Set.of("dynamodb:GetItem"), of.tables("Studio/Projects", "Studio/Teams")),
                allow(Set.of("dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"),
                        of.tables("Studio/Integrations")),
                of.queries("Studio/Integrations", "IntegrationsByProjectIndex"),
                allow(Set.of("sns:Unsubscribe", "sns:SetSubscriptionAttributes"), Set.of(of.topic())),
                allow(CONSUMING, Set.of(of.queue("Webhooks"))),
                allow(Set.of("sqs:SendMessage"), Set.of(of.queue("Webhooks"), of.deadLetters("Webhooks")))));
        Set<String> queues = ALL_QUEUES.stream().map(of::queue).collect(Collectors.toSet());
        Set<String> deadLetters = ALL_QUEUES.stream().map(of::deadLetters).collect(Collectors.toSet());
        expected.put(Service.QUEUE_ADMIN, of.outside(Service.QUEUE_ADMIN, of.counting(),
                allow(Set.of("sqs:GetQueueAttributes", "sqs:SendMessage"), queues),
                allow(Set.of("sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:DeleteMessage",
                        "sqs:ChangeMessageVisibility", "sqs:StartMessageMoveTask", "sqs:ListMessageMoveTasks"),
                        deadLetters),
                allow(Set.of("cloudwatch:GetMetricData"), Set.of("*"))));
        return expected;
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
        Map<String, Long> expected = new HashMap<>(Map.of("lambda.amazonaws.com", 18L,
                "vpc-flow-logs.amazonaws.com", 1L, "cloudformation.amazonaws.com", 1L));
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
                "AWS::Lambda::Version", "AWS::Logs::LogGroup", "AWS::Logs::MetricFilter",
                "AWS::RDS::DBInstance", "AWS::RDS::DBParameterGroup",
                "AWS::RDS::DBSubnetGroup", "AWS::SES::ConfigurationSet", "AWS::SES::EmailIdentity",
                "AWS::S3::Bucket", "AWS::S3::BucketPolicy", "AWS::SNS::Subscription", "AWS::SNS::Topic",
                "AWS::SNS::TopicPolicy", "AWS::SQS::Queue", "AWS::SQS::QueuePolicy",
                "AWS::SecretsManager::RotationSchedule",
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
        String condition = service.equals("cloudformation.amazonaws.com")
                ? "\"Condition\":{\"StringEqualsIfExists\":{\"aws:SourceAccount\":{\"Ref\":\"AWS::AccountId\"}}}," : "";
        assertThat(statements.toString()).isEqualTo("[{\"Action\":\"sts:AssumeRole\"," + condition
                + "\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"" + service + "\"}}]");
        return service;
    }

    private static Statement allow(Set<String> actions, Set<String> resources) {
        return allow(actions, resources, "");
    }

    private static Statement allow(Set<String> actions, Set<String> resources, String conditions) {
        return new Statement("Allow", new TreeSet<>(actions), new TreeSet<>(resources), conditions);
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
        assertThat(statement.has("NotAction")).isFalse();
        Set<String> resources = statement.has("NotResource")
                ? texts(synthesis, statement.path("NotResource")).stream().map(NOT::concat)
                        .collect(Collectors.toCollection(TreeSet::new))
                : texts(synthesis, statement.path("Resource"));
        return new Statement(statement.path("Effect").asText(), texts(synthesis, statement.path("Action")), resources,
                REFERENCE.matcher(statement.path("Condition").toString())
                        .replaceAll(reference -> Matcher.quoteReplacement("\"${" + reference.group(1) + ".Arn}\"")));
    }

    private static Set<String> texts(Synthesis synthesis, JsonNode oneOrMany) {
        Stream<JsonNode> values = oneOrMany.isArray() ? Synthesis.elements(oneOrMany) : Stream.of(oneOrMany);
        return new TreeSet<>(values.map(synthesis::text).toList());
    }
}
