package dev.plinth.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.journal.Journal;
import dev.plinth.local.lambda.RoleCredentials.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetType;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetRequest;
import software.amazon.awssdk.services.cloudformation.model.CreateChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;
import software.amazon.awssdk.services.cloudformation.model.InvalidChangeSetStatusException;
import software.amazon.awssdk.services.cloudformation.model.OnStackFailure;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Stacks that a function's role deploys, from the SDK's call through the door to the engines. Each test has a stack of its
 * own.
 */
@Timeout(60)
class DeployedStacksTest {
    private static final String DEPLOYER_ARN = "arn:aws:iam::000000000000:role/" + role("Deployer");
    private static final String[] TYPES = {"AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::SQS::QueuePolicy"};

    private static final String[] SEVEN = {"AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::SQS::QueuePolicy",
        "AWS::SNS::Topic", "AWS::SNS::Subscription", "AWS::S3::Bucket", "AWS::S3::BucketPolicy"};

    private static TestCloud cloud;
    private static CloudFormationClient worker;

    private final String name = "studio-" + UUID.randomUUID();

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        cloud = new TestCloud(directory);
        cloud.deploy(CLOUD);
        worker = client(CloudFormationClient.builder(), "Worker");
    }

    @AfterAll
    static void stop() throws IOException {
        worker.close();
        cloud.close();
    }

    @Test
    void createsWhatTheTemplateSaysAndDeletesIt() throws Exception {
        create(name, TEMPLATE);

        DescribeChangeSetResponse changes = changeSetThatIs(ChangeSetStatus.CREATE_COMPLETE);
        assertThat(changes.executionStatus()).isEqualTo(ExecutionStatus.AVAILABLE);
        assertThat(changes.changes()).extracting(change -> change.resourceChange().logicalResourceId())
                .containsExactlyInAnyOrder("Notes", "Jobs", "Dead", "JobsPolicy");
        assertThat(stack(name).stackStatus()).isEqualTo(StackStatus.REVIEW_IN_PROGRESS);
        execute();
        Stack stack = until(name, StackStatus.CREATE_COMPLETE);

        String table = output(stack, "NotesName");
        String queue = output(stack, "JobsUrl");
        assertThat(table).startsWith(name + "-Notes-");
        try (DynamoDbClient tables = client(DynamoDbClient.builder(), "Looker");
                SqsClient queues = client(SqsClient.builder(), "Looker")) {
            assertThat(tables.describeTable(describe -> describe.tableName(table)).table().keySchema()).hasSize(2);
            assertThat(queues.getQueueAttributes(get -> get.queueUrl(queue).attributeNames(QueueAttributeName.ALL))
                    .attributes()).hasEntrySatisfying(QueueAttributeName.REDRIVE_POLICY,
                            policy -> assertThat(policy).contains(name + "-Dead-", "5"));
        }
        assertThat(worker.describeStackResources(describe -> describe.stackName(name)).stackResources())
                .hasSize(4).allSatisfy(resource -> assertThat(resource.physicalResourceId()).isNotBlank());
        assertThat(worker.listStackResources(list -> list.stackName(name)).stackResourceSummaries()).hasSize(4);

        delete();
        Stack deleted = until(stack.stackId(), StackStatus.DELETE_COMPLETE);

        assertThat(deleted.deletionTime()).isAfterOrEqualTo(deleted.creationTime());
        assertInvalid(() -> stack(name), "Stack with id " + name + " does not exist");
        assertThat(worker.describeStacks().stacks()).noneMatch(each -> each.stackName().equals(name));
        try (DynamoDbClient tables = client(DynamoDbClient.builder(), "Looker")) {
            assertThatThrownBy(() -> tables.describeTable(describe -> describe.tableName(table)))
                    .hasMessageContaining("non-existent table");
        }
        assertThat(cloud.messaging().queues().all()).noneMatch(each -> each.name().startsWith(name));
    }

    @Test
    void tellsWhatHappenedToEachResourceNewestFirst() throws Exception {
        deployed(TEMPLATE);

        List<StackEvent> events = worker.describeStackEvents(describe -> describe.stackName(name)).stackEvents();

        assertThat(events).extracting(event -> event.logicalResourceId() + " " + event.resourceStatusAsString())
                .startsWith(name + " CREATE_COMPLETE")
                .containsSubsequence("Jobs CREATE_COMPLETE", "Jobs CREATE_IN_PROGRESS", "Dead CREATE_COMPLETE",
                        "Dead CREATE_IN_PROGRESS", name + " CREATE_IN_PROGRESS")
                .endsWith(name + " REVIEW_IN_PROGRESS");
        assertThat(events).extracting(StackEvent::eventId).doesNotHaveDuplicates();
    }

    @Test
    void rollsBackInReverseOrderWhenAResourceFails() throws Exception {
        create(name, TEMPLATE.replace("\"maxReceiveCount\": 5", "\"maxReceiveCount\": 0"));
        changeSetThatIs(ChangeSetStatus.CREATE_COMPLETE);
        execute();

        Stack stack = until(name, StackStatus.ROLLBACK_COMPLETE);

        List<StackEvent> events = worker.describeStackEvents(describe -> describe.stackName(name)).stackEvents();
        StackEvent failed = events.stream().filter(event -> event.resourceStatusAsString().equals("CREATE_FAILED"))
                .reduce((newer, older) -> older).orElseThrow();
        assertThat(failed.logicalResourceId()).isEqualTo("Jobs");
        assertThat(failed.resourceStatusReason()).contains("ElasticMQ refused");
        assertThat(events).extracting(event -> event.logicalResourceId() + " " + event.resourceStatusAsString())
                .containsSubsequence("Dead DELETE_COMPLETE", "Notes DELETE_COMPLETE", name + " ROLLBACK_IN_PROGRESS",
                        "Jobs CREATE_FAILED");
        assertThat(events).anySatisfy(event -> assertThat(event.resourceStatusReason())
                .isEqualTo("The following resource(s) failed to create: [Jobs]. Rollback requested by user."));
        assertThat(stack.outputs()).isEmpty();
        assertThat(cloud.messaging().queues().all()).noneMatch(each -> each.name().startsWith(name));
        delete();
        until(stack.stackId(), StackStatus.DELETE_COMPLETE);
    }

    @Test
    void createsNothingThatTheStacksRoleMayNotCreate() throws Exception {
        create(name, TEMPLATE.replace("\"Type\": \"AWS::SQS::Queue\", \"Properties\": {\"VisibilityTimeout\": 60",
                "\"Type\": \"AWS::SQS::Queue\", \"Properties\": {\"QueueName\": \"elsewhere\", \"VisibilityTimeout\": 60"));
        changeSetThatIs(ChangeSetStatus.CREATE_COMPLETE);
        execute();

        until(name, StackStatus.ROLLBACK_COMPLETE);

        assertThat(worker.describeStackEvents(describe -> describe.stackName(name)).stackEvents())
                .anySatisfy(event -> assertThat(event.resourceStatusReason()).contains(
                        "is not authorized to perform: sqs:CreateQueue on resource: "
                                + "arn:aws:sqs:eu-west-1:000000000000:elsewhere", "AWSCloudFormation"));
        assertThat(cloud.journal().denials()).anySatisfy(denial -> {
            assertThat(denial.name()).isEqualTo("sqs:CreateQueue");
            assertThat(denial.explanation()).contains(role("Deployer"), "Shop/Deployer");
        });
        assertThat(cloud.journal().uses()).extracting(Journal.Use::role).contains(role("Deployer"));
    }

    @Test
    void answersARepeatedCallLikeTheFirst() throws Exception {
        CreateChangeSetResponse first = create(name, TEMPLATE);

        assertThat(create(name, TEMPLATE)).extracting(CreateChangeSetResponse::id, CreateChangeSetResponse::stackId)
                .containsExactly(first.id(), first.stackId());
        assertThatThrownBy(() -> worker.createChangeSet(request(TEMPLATE).clientToken("another").build()))
                .isInstanceOf(AlreadyExistsException.class);
        changeSetThatIs(ChangeSetStatus.CREATE_COMPLETE);
        execute();
        execute();
        assertThatThrownBy(() -> worker.executeChangeSet(again -> again.stackName(name).changeSetName(name)
                .clientRequestToken("another"))).isInstanceOf(InvalidChangeSetStatusException.class);
        until(name, StackStatus.CREATE_COMPLETE);
        assertThat(changeSetThatIs(ChangeSetStatus.CREATE_COMPLETE).executionStatus()).isEqualTo(ExecutionStatus.EXECUTE_COMPLETE);
        assertInvalid(() -> worker.createChangeSet(request(TEMPLATE).changeSetName("second").clientToken("2").build()),
                "already exists and cannot be created again");
        delete();
        delete();
        until(first.stackId(), StackStatus.DELETE_COMPLETE);
        delete();
        worker.deleteStack(delete -> delete.stackName("studio-never-was").roleARN(DEPLOYER_ARN));
    }

    @Test
    void forgetsAChangeSetThatIsDeletedBeforeItsExecution() throws Exception {
        create(name, TEMPLATE);
        changeSetThatIs(ChangeSetStatus.CREATE_COMPLETE);

        worker.deleteChangeSet(delete -> delete.stackName(name).changeSetName(name));

        assertThatThrownBy(this::execute).isInstanceOf(ChangeSetNotFoundException.class);
        assertThat(stack(name).stackStatus()).isEqualTo(StackStatus.REVIEW_IN_PROGRESS);
        delete();
        untilGone();
    }

    @Test
    void failsTheChangeSetOfATemplateThatCannotBeHonoured() throws Exception {
        create(name, "{\"Resources\": {\"R\": {\"Type\": \"AWS::Lambda::Function\"}}}", "AWS::Lambda::Function");

        DescribeChangeSetResponse changeSet = changeSetThatIs(ChangeSetStatus.FAILED);

        assertThat(changeSet.statusReason()).contains("AWS::Lambda::Function", "AWS::SQS::Queue");
        assertThatThrownBy(this::execute).isInstanceOf(InvalidChangeSetStatusException.class);
    }

    @Test
    void readsTheTemplateByItsUrl() throws Exception {
        String url = "https://artifacts.s3.eu-west-1.amazonaws.com/templates/p/j.json";
        try (S3Client s3 = client(S3Client.builder(), "Looker")) {
            s3.putObject(put -> put.bucket("artifacts").key("templates/p/j.json"), RequestBody.fromString(TEMPLATE));
        }
        worker.createChangeSet(request("").templateBody(null).templateURL(url).build());
        changeSetThatIs(ChangeSetStatus.CREATE_COMPLETE);
        execute();

        until(name, StackStatus.CREATE_COMPLETE);

        assertInvalid(() -> worker.createChangeSet(request("").templateBody(null).stackName("studio-other")
                .templateURL(url.replace("j.json", "none.json")).build()), "The specified key does not exist");
        assertInvalid(() -> worker.createChangeSet(request("").templateBody(null).stackName("studio-other")
                .templateURL("https://elsewhere.example/t.json").build()), "must reference a valid S3 object");
    }

    /** What the generator makes of the example of the user's page: each of its seven types of resources. */
    @Test
    void deploysWhatTheStudioGenerates() throws Exception {
        String generated;
        try (InputStream file = DeployedStacksTest.class.getResourceAsStream("generated.template.json")) {
            generated = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        create(name, generated, SEVEN);
        changeSetThatIs(ChangeSetStatus.CREATE_COMPLETE);
        execute();

        Stack stack = until(name, StackStatus.CREATE_COMPLETE);

        assertThat(worker.describeStackResources(describe -> describe.stackName(name)).stackResources())
                .extracting(StackResource::resourceType).containsOnly(SEVEN).contains(SEVEN);
        String queue = output(stack, "ParcelsQueueUrl");
        try (SnsClient sns = client(SnsClient.builder(), "Looker"); SqsClient sqs = client(SqsClient.builder(), "Looker")) {
            sns.publish(publish -> publish.topicArn(output(stack, "SalesTopicArn")).message("sold"));
            until(() -> sqs.receiveMessage(receive -> receive.queueUrl(queue)).messages().stream()
                    .anyMatch(message -> message.body().equals("sold")));
        }
        delete();
        until(stack.stackId(), StackStatus.DELETE_COMPLETE);
        assertThat(cloud.messaging().queues().all()).noneMatch(each -> each.name().startsWith(name));
        assertThat(worker.describeStackEvents(describe -> describe.stackName(stack.stackId())).stackEvents())
                .filteredOn(event -> event.resourceStatusAsString().equals("DELETE_COMPLETE"))
                .extracting(StackEvent::logicalResourceId).hasSize(9);
    }

    @Test
    void deletesNoBucketThatHoldsObjects() throws Exception {
        create(name, BUCKET, "AWS::S3::Bucket", "AWS::S3::BucketPolicy");
        changeSetThatIs(ChangeSetStatus.CREATE_COMPLETE);
        execute();
        String bucket = output(until(name, StackStatus.CREATE_COMPLETE), "FilesName");
        String id = stack(name).stackId();
        try (S3Client s3 = client(S3Client.builder(), "Looker")) {
            s3.putObject(put -> put.bucket(bucket).key("note"), RequestBody.fromString("text"));

            delete();
            until(name, StackStatus.DELETE_FAILED);

            assertThat(worker.describeStackEvents(describe -> describe.stackName(name)).stackEvents())
                    .anySatisfy(event -> assertThat(event.resourceStatusReason()).contains("is not empty"));
            s3.deleteObject(delete -> delete.bucket(bucket).key("note"));
        }
        delete();
        until(id, StackStatus.DELETE_COMPLETE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "~{~ | Template format error",
        "~{\"Resources\": {}}~ | At least one Resources member must be defined",
        "~{\"Resources\": {\"R\": {\"Type\": \"AWS::IAM::Role\"}}}~ | Resource type AWS::IAM::Role is not allowed by parameter ResourceTypes",
        "~{\"Resources\": {\"R\": {\"Type\": \"AWS::SQS::Queue\", \"Properties\": {\"Q\": {\"Ref\": \"No\"}}}}}~ | a reference to No"})
    void refusesTemplatesAtOnce(String template, String message) {
        assertInvalid(() -> create(name, template), message);
        assertInvalid(() -> stack(name), "does not exist");
    }

    @Test
    void refusesWhatItWouldNotHonour() {
        try (CloudFormationClient passer = client(CloudFormationClient.builder(), "Passer")) {
            assertInvalid(() -> passer.createChangeSet(request(TEMPLATE).roleARN(null).build()), "RoleARN is missing");
        }
        assertInvalid(() -> worker.createChangeSet(request(TEMPLATE).notificationARNs("arn:aws:sns:eu-west-1:0:x").build()),
                "does not honour the parameter NotificationARNs");
        assertInvalid(() -> worker.createChangeSet(request(TEMPLATE).onStackFailure(OnStackFailure.DELETE).build()),
                "honours OnStackFailure ROLLBACK only");
        assertInvalid(() -> worker.createChangeSet(request(TEMPLATE).changeSetType(ChangeSetType.UPDATE).build()),
                "honours ChangeSetType CREATE only");
    }

    @Test
    void refusesARoleThatCloudFormationCannotAssume() {
        String untrusting = "arn:aws:iam::000000000000:role/" + role("Looker");
        try (CloudFormationClient passer = client(CloudFormationClient.builder(), "Passer")) {
            assertInvalid(() -> passer.createChangeSet(request(TEMPLATE).roleARN(untrusting).build()),
                    "is invalid or cannot be assumed");
        }
    }

    @Test
    void deniesTheCallerWhatItsOwnPolicyDoesNotAllow() {
        assertDenied(() -> create("other-" + name, TEMPLATE), "cloudformation:CreateChangeSet");
        assertDenied(() -> worker.createChangeSet(request(TEMPLATE).roleARN(
                "arn:aws:iam::000000000000:role/" + role("Passer")).build()), "cloudformation:CreateChangeSet");
        assertDenied(() -> create(name, TEMPLATE, "AWS::IAM::Role"), "cloudformation:CreateChangeSet");
        assertDenied(() -> worker.createChangeSet(request(TEMPLATE).resourceTypes(List.of()).build()),
                "cloudformation:CreateChangeSet");
        assertDenied(() -> worker.createChangeSet(request("").templateBody(null)
                .templateURL("https://secrets.s3.eu-west-1.amazonaws.com/t.json").build()), "s3:GetObject");
        assertDenied(() -> worker.deleteStack(delete -> delete.stackName("other-" + name)), "cloudformation:DeleteStack");
        assertDenied(() -> worker.describeStackEvents(describe -> describe.stackName("Shop")),
                "cloudformation:DescribeStackEvents");
        try (CloudFormationClient looker = client(CloudFormationClient.builder(), "Looker")) {
            assertDenied(() -> looker.createChangeSet(request(TEMPLATE).build()), "iam:PassRole");
        }
    }

    @Test
    void keepsNamesOfStacksApartFromEachOther() throws Exception {
        String second = name + "x";
        deployed(TEMPLATE);
        create(second, TEMPLATE);
        until(() -> worker.describeChangeSet(describe -> describe.stackName(second).changeSetName(second)).status()
                == ChangeSetStatus.CREATE_COMPLETE);
        worker.executeChangeSet(execute -> execute.stackName(second).changeSetName(second));
        until(second, StackStatus.CREATE_COMPLETE);

        delete();
        untilGone();

        assertThat(stack(second).stackStatus()).isEqualTo(StackStatus.CREATE_COMPLETE);
        assertThat(cloud.messaging().queues().all()).filteredOn(queue -> queue.name().startsWith(name)).hasSize(2);
    }

    private void deployed(String template) throws Exception {
        create(name, template);
        changeSetThatIs(ChangeSetStatus.CREATE_COMPLETE);
        execute();
        until(name, StackStatus.CREATE_COMPLETE);
    }

    private CreateChangeSetResponse create(String stackName, String template, String... types) {
        return worker.createChangeSet(request(template).stackName(stackName).changeSetName(stackName)
                .resourceTypes(types.length == 0 ? TYPES : types).build());
    }

    private CreateChangeSetRequest.Builder request(String template) {
        return CreateChangeSetRequest.builder().stackName(name).changeSetName(name).changeSetType(ChangeSetType.CREATE)
                .clientToken(name).templateBody(template).roleARN(DEPLOYER_ARN).resourceTypes(TYPES)
                .onStackFailure(OnStackFailure.ROLLBACK);
    }

    private void execute() {
        worker.executeChangeSet(execute -> execute.stackName(name).changeSetName(name).clientRequestToken(name));
    }

    private void delete() {
        worker.deleteStack(delete -> delete.stackName(name).roleARN(DEPLOYER_ARN).clientRequestToken(name));
    }

    private static Stack stack(String nameOrId) {
        return worker.describeStacks(describe -> describe.stackName(nameOrId)).stacks().get(0);
    }

    private DescribeChangeSetResponse changeSetThatIs(ChangeSetStatus status) throws Exception {
        until(() -> worker.describeChangeSet(describe -> describe.stackName(name).changeSetName(name)).status() == status);
        return worker.describeChangeSet(describe -> describe.stackName(name).changeSetName(name));
    }

    private static Stack until(String nameOrId, StackStatus status) throws Exception {
        until(() -> stack(nameOrId).stackStatus() == status);
        return stack(nameOrId);
    }

    private void untilGone() throws Exception {
        until(() -> worker.describeStacks().stacks().stream().noneMatch(each -> each.stackName().equals(name)));
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("the end of the time for it").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static String output(Stack stack, String key) {
        return stack.outputs().stream().filter(output -> output.outputKey().equals(key)).findFirst().orElseThrow().outputValue();
    }

    private static void assertInvalid(Callable<?> call, String message) {
        assertThatThrownBy(call::call).isInstanceOfSatisfying(CloudFormationException.class, invalid ->
                assertThat(invalid.awsErrorDetails().errorCode()).isEqualTo("ValidationError")).hasMessageContaining(message);
    }

    private static void assertDenied(Callable<?> call, String action) {
        assertThatThrownBy(call::call).isInstanceOfSatisfying(CloudFormationException.class, denied ->
                assertThat(denied.statusCode()).isEqualTo(403)).hasMessageContaining("not authorized to perform: " + action);
    }

    private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder, String role) {
        Credentials credentials = cloud.credentials(role);
        return builder.endpointOverride(URI.create(cloud.doorUrl())).region(Region.EU_WEST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1)))
                .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken()))).build();
    }

    private static String role(String logicalId) {
        return PhysicalNames.of("Shop", logicalId, 64);
    }

    private static String roleResource(String logicalId, String service, String statements) {
        return """
                "%s": {"Type": "AWS::IAM::Role", "Metadata": {"aws:cdk:path": "Shop/%s"}, "Properties": {
                  "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                    "Action": "sts:AssumeRole", "Principal": {"Service": "%s.amazonaws.com"}}]},
                  "Policies": [{"PolicyName": "own", "PolicyDocument": {"Version": "2012-10-17", "Statement": [%s]}}]}}"""
                .formatted(logicalId, logicalId, service, statements);
    }

    private static String allow(String actions, String resources, String condition) {
        return """
                {"Effect": "Allow", "Action": [%s], "Resource": [%s]%s}""".formatted(actions, resources, condition);
    }

    private static final String CLOUD = String.join(",\n", List.of(
            // What the deployment role of the stacks may do.
            roleResource("Deployer", "cloudformation", allow("""
                    "dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:DescribeTable",
                    "dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTimeToLive",
                    "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTimeToLive", "s3:CreateBucket", "s3:DeleteBucket",
                    "s3:DeleteBucketPolicy", "s3:GetBucketPolicy", "s3:PutBucketOwnershipControls", "s3:PutBucketPolicy",
                    "s3:PutBucketPublicAccessBlock", "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration",
                    "sns:CreateTopic", "sns:DeleteTopic", "sns:GetSubscriptionAttributes", "sns:GetTopicAttributes",
                    "sns:SetTopicAttributes", "sns:Subscribe", "sns:Unsubscribe", "sqs:CreateQueue", "sqs:DeleteQueue",
                    "sqs:GetQueueAttributes", "sqs:SetQueueAttributes\"""",
                    """
                    "arn:aws:dynamodb:*:*:table/studio-*", "arn:aws:sqs:*:*:studio-*", "arn:aws:sns:*:*:studio-*",
                    "arn:aws:s3:::studio-*\"""", "")),
            roleResource("Worker", "lambda", String.join(", ",
                    allow("\"cloudformation:CreateChangeSet\"", "\"arn:aws:cloudformation:*:*:stack/studio-*/*\"", """
                            , "Condition": {"StringEquals": {"cloudformation:RoleArn": "%s"},
                              "ForAllValues:StringEquals": {"cloudformation:ResourceTypes":
                                ["AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "AWS::S3::Bucket",
                                 "AWS::S3::BucketPolicy", "AWS::SNS::Topic", "AWS::SNS::Subscription", "AWS::Lambda::Function"]},
                              "Null": {"cloudformation:ResourceTypes": "false"}}""".formatted(DEPLOYER_ARN)),
                    allow("""
                            "cloudformation:DescribeChangeSet", "cloudformation:ExecuteChangeSet",
                            "cloudformation:DeleteChangeSet", "cloudformation:DeleteStack",
                            "cloudformation:DescribeStackEvents", "cloudformation:DescribeStackResources",
                            "cloudformation:ListStackResources\"""", "\"arn:aws:cloudformation:*:*:stack/studio-*/*\"", ""),
                    allow("\"cloudformation:DescribeStacks\"", "\"*\"", ""),
                    allow("\"s3:GetObject\"", "\"arn:aws:s3:::artifacts/templates/*\"", ""),
                    allow("\"iam:PassRole\"", "\"" + DEPLOYER_ARN + "\"", """
                            , "Condition": {"StringEquals": {"iam:PassedToService": "cloudformation.amazonaws.com"}}"""))),
            roleResource("Passer", "lambda", allow("\"cloudformation:*\", \"iam:PassRole\"", "\"*\"", "")),
            roleResource("Looker", "lambda", allow(
                    "\"dynamodb:DescribeTable\", \"s3:DeleteObject\", \"sqs:GetQueueAttributes\", \"cloudformation:CreateChangeSet\", "
                            + "\"s3:PutObject\", \"sns:Publish\", \"sqs:ReceiveMessage\"", "\"*\"", "")),
            """
            "Own": {"Type": "AWS::DynamoDB::Table", "Properties": {"BillingMode": "PAY_PER_REQUEST",
              "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
              "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]}}""",
            "\"OwnJobs\": {\"Type\": \"AWS::SQS::Queue\"}",
            "\"OwnTopic\": {\"Type\": \"AWS::SNS::Topic\"}",
            "\"Artifacts\": {\"Type\": \"AWS::S3::Bucket\", \"Properties\": {\"BucketName\": \"artifacts\"}}"));

    private static final String BUCKET = """
            {"Resources": {
               "Files": {"Type": "AWS::S3::Bucket", "Properties": {
                 "BucketEncryption": {"ServerSideEncryptionConfiguration":
                   [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]},
                 "PublicAccessBlockConfiguration": {"BlockPublicAcls": true, "BlockPublicPolicy": true,
                   "IgnorePublicAcls": true, "RestrictPublicBuckets": true}}},
               "FilesPolicy": {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Ref": "Files"},
                 "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                   "Action": "s3:*", "Resource": [{"Fn::GetAtt": ["Files", "Arn"]},
                     {"Fn::Sub": "${Files.Arn}/*"}], "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}}}},
             "Outputs": {"FilesName": {"Value": {"Ref": "Files"}}}}""";

    private static final String TEMPLATE = """
            {"AWSTemplateFormatVersion": "2010-09-09", "Description": "Notes and their jobs",
             "Resources": {
               "Dead": {"Type": "AWS::SQS::Queue", "Properties": {"SqsManagedSseEnabled": true}},
               "Notes": {"Type": "AWS::DynamoDB::Table", "Properties": {"BillingMode": "PAY_PER_REQUEST",
                 "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
                 "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"},
                   {"AttributeName": "sk", "AttributeType": "S"}],
                 "TimeToLiveSpecification": {"AttributeName": "expiresAt", "Enabled": true}}},
               "Jobs": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 60, "RedrivePolicy":
                 {"deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]}, "maxReceiveCount": 5}}},
               "JobsPolicy": {"Type": "AWS::SQS::QueuePolicy", "Properties": {"Queues": [{"Ref": "Jobs"}, {"Ref": "Dead"}],
                 "PolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                   "Action": "sqs:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}}}},
             "Outputs": {"NotesName": {"Value": {"Ref": "Notes"}}, "JobsUrl": {"Value": {"Ref": "Jobs"}}}}""";
}
