package dev.plinth.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.iam.PolicyException;
import dev.plinth.local.journal.Journal;
import dev.plinth.local.lambda.ObedientHandler;
import dev.plinth.local.lambda.RoleCredentials.Credentials;
import dev.plinth.local.queue.Queue;
import dev.plinth.local.template.DeployedStack;
import dev.plinth.local.template.TemplateException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Queues, their policies, the functions that they start and rules, from the template to the SDK's call. */
@Timeout(60)
class QueueResourcesTest {
    @TempDir
    private Path directory;

    private TestCloud cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = new TestCloud(directory);
    }

    @AfterEach
    void stop() throws IOException {
        cloud.close();
    }

    @Test
    void startsTheFunctionByAMessageThatARoleMaySend() throws Exception {
        cloud.deploy(TEMPLATE);
        cloud.messaging().start();
        Path file = directory.resolve("file");

        try (SqsClient sender = client("Sender")) {
            sender.sendMessage(send -> send.queueUrl(queue("Jobs").url()).messageBody("note " + file));
            sender.sendMessageBatch(send -> send.queueUrl(queue("Jobs").url())
                    .entries(SendMessageBatchRequestEntry.builder().id("1").messageBody("note " + file).build()));
        }

        until(() -> Files.exists(file) && Files.readAllLines(file).size() == 2);
        assertThat(cloud.journal().uses()).extracting(Journal.Use::permission).contains(
                "sqs:SendMessage on " + queue("Jobs").arn(), "sqs:ReceiveMessage on " + queue("Jobs").arn(),
                "sqs:DeleteMessage on " + queue("Jobs").arn(), "sqs:GetQueueAttributes on " + queue("Jobs").arn());
    }

    @Test
    void deniesARoleWhatItsPoliciesDoNotAllow() throws Exception {
        cloud.deploy(TEMPLATE);
        String jobs = queue("Jobs").url();

        try (SqsClient sender = client("Sender")) {
            assertDenied(() -> sender.receiveMessage(receive -> receive.queueUrl(jobs)), "sqs:ReceiveMessage");
            assertDenied(() -> sender.sendMessage(send -> send.queueUrl(queue("Dead").url()).messageBody("x")), "sqs:SendMessage");
            assertDenied(() -> sender.purgeQueue(purge -> purge.queueUrl(jobs)), "sqs:PurgeQueue");
            assertDenied(() -> sender.deleteQueue(delete -> delete.queueUrl(jobs)), "does not know which permissions");
            assertDenied(() -> sender.getQueueUrl(get -> get.queueName(queue("Jobs").name())), "sqs:GetQueueUrl");
        }
    }

    @Test
    void deniesWhatAPolicyOfTheQueueDeniesThoughTheRoleMay() throws Exception {
        cloud.deploy(replace("\"aws:SecureTransport\": \"false\"", "\"aws:SecureTransport\": \"true\""));

        try (SqsClient sender = client("Sender")) {
            assertDenied(() -> sender.sendMessage(send -> send.queueUrl(queue("Jobs").url()).messageBody("x")),
                    "explicit deny in a resource-based policy");
        }
        assertThat(cloud.journal().denials().get(0).explanation()).contains("Shop", "Policy", "statement");
    }

    @Test
    void givesQueuesTheAttributesOfTheTemplate() throws Exception {
        DeployedStack stack = cloud.deploy(TEMPLATE);
        Queue jobs = queue("Jobs");

        try (SqsClient worker = client("Role")) {
            Map<QueueAttributeName, String> attributes = worker.getQueueAttributes(get ->
                    get.queueUrl(jobs.url()).attributeNames(QueueAttributeName.ALL)).attributes();
            assertThat(attributes).containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "54")
                    .containsEntry(QueueAttributeName.DELAY_SECONDS, "0")
                    .containsEntry(QueueAttributeName.QUEUE_ARN, jobs.arn());
            assertThat(attributes.get(QueueAttributeName.REDRIVE_POLICY)).contains(queue("Dead").arn(), "3");
        }
        assertThat(jobs.name()).isEqualTo("shop-jobs");
        assertThat(queue("Dead").name()).startsWith("Shop-Dead-");
        assertThat(queue("Sorted").name()).startsWith("Shop-Sorted-").endsWith(".fifo");
        assertThat(jobs.url()).startsWith("http://127.0.0.1:").endsWith("/000000000000/shop-jobs");
        assertThat(stack.resources()).anyMatch(resource -> resource.physicalId().equals(jobs.url()));
    }

    @Test
    void firesARuleAtItsFunction() throws Exception {
        cloud.deploy(TEMPLATE);

        assertThat(cloud.schedules().all()).singleElement().satisfies(schedule -> {
            assertThat(schedule.rate()).isEqualTo(Duration.ofMinutes(1));
            assertThat(schedule.enabled()).isTrue();
            assertThat(cloud.schedules().fire(schedule)).isEqualTo("done");
        });
    }

    @ParameterizedTest
    @CsvSource({"events.amazonaws.com, apigateway.amazonaws.com", "${Rule.Arn}, ${Rule.Arn}s"})
    void firesNoRuleWithoutThePermission(String right, String wrong) throws Exception {
        cloud.deploy(replace(right, wrong));

        assertThat(cloud.schedules().fire(cloud.schedules().all().iterator().next())).startsWith("failed: No AWS::Lambda::Permission");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "\"VisibilityTimeout\": 54 | \"VisibilityTimeout\": 8 | EventSourceArn | no less than the function's timeout, 9 s",
        "\"sqs:DeleteMessage\", | ~~ | EventSourceArn | the function's role may call DeleteMessage",
        "\"sqs:GetQueueAttributes\" | \"sqs:GetQueueUrl\" | EventSourceArn | the function's role may call GetQueueAttributes",
        "\"BatchSize\": 5 | \"BatchSize\": 11 | BatchSize | 1 to 10",
        "\"BatchSize\": 5 | \"BatchSize\": 0 | BatchSize | 1 to 10",
        "\"BatchSize\": 5 | \"MaximumBatchingWindowInSeconds\": 301 | MaximumBatchingWindowInSeconds | 0 to 300",
        "\"MaximumConcurrency\": 2 | \"MaximumConcurrency\": 1 | ScalingConfig | 2 to 1000",
        "\"ReportBatchItemFailures\" | \"Report\" | FunctionResponseTypes | ReportBatchItemFailures",
        "\"BatchSize\": 5 | \"FilterCriteria\": {} | FilterCriteria | BatchSize",
        "\"FunctionName\": {\"Ref\": \"Function\"}, \"EventSourceArn\" | \"FunctionName\": \"x\", \"EventSourceArn\" | FunctionName | of these templates",
        "{\"Fn::GetAtt\": [\"Jobs\", \"Arn\"]}, \"BatchSize\" | \"arn:aws:sqs:::x\", \"BatchSize\" | EventSourceArn | a queue of these templates",
        "000000000000:shop-jobs | 000000000000:other | deadLetterTargetArn | RedriveAllowPolicy allows",
        "\"byQueue\" | \"denyAll\" | deadLetterTargetArn | RedriveAllowPolicy allows",
        "\"maxReceiveCount\": 3 | \"maxReceiveCount\": 0 | ElasticMQ refused | queues that ElasticMQ creates",
        "\"VisibilityTimeout\": 54 | \"KmsMasterKeyId\": \"k\", \"VisibilityTimeout\": 54 | KmsMasterKeyId | VisibilityTimeout",
        "rate(1 minute) | cron(0 12 * * ? *) | ScheduleExpression | rate(N minutes)",
        "\"Input\": \"{}\" | \"Input\": \"{\" | Input | JSON",
        "\"Input\": \"{}\" | \"InputPath\": \"$.x\" | InputPath | Targets",
        "\"ScheduleExpression\": \"rate(1 minute)\" | \"EventPattern\": {} | ScheduleExpression | required"})
    void refusesWhatItCannotHonour(String right, String wrong, String property, String supported) {
        assertThatThrownBy(() -> cloud.deploy(replace(right, wrong)))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(property).hasMessageContaining(supported);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"Effect\": \"Deny\" | \"Effect\": \"Allow\" | Deny, since roles are allowed",
        "{\"AWS\": \"*\"} | {\"AWS\": \"arn:aws:iam::000000000000:role/x\"} | {\"AWS\": \"*\"}",
        "aws:SecureTransport | aws:SourceIp | aws:securetransport"})
    void refusesPoliciesOfQueuesThatItCouldNotJudge(String right, String wrong, String supported) {
        assertThatThrownBy(() -> cloud.deploy(replace(right, wrong))).isInstanceOf(TemplateException.class)
                .hasRootCauseInstanceOf(PolicyException.class).hasMessageContaining(supported);
    }

    private static void assertDenied(Callable<?> call, String message) {
        assertThatThrownBy(call::call).isInstanceOfSatisfying(SqsException.class, denied ->
                assertThat(denied.awsErrorDetails().errorCode()).startsWith("AccessDenied")).hasMessageContaining(message);
    }

    private Queue queue(String logicalId) {
        return cloud.messaging().queues().all().stream()
                .filter(queue -> queue.constructPath().contains(logicalId)).findFirst().orElseThrow();
    }

    private SqsClient client(String role) {
        Credentials credentials = cloud.credentials(role);
        return SqsClient.builder().endpointOverride(URI.create(cloud.doorUrl())).region(Region.EU_WEST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1)))
                .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken()))).build();
    }

    private static String replace(String right, String wrong) {
        assertThat(TEMPLATE).contains(right);
        return TEMPLATE.replace(right, wrong);
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("the end of the time for it").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static String resource(String logicalId, String type, String properties) {
        return "\"%s\": {\"Type\": \"%s\", \"Properties\": {%s}, \"Metadata\": {\"aws:cdk:path\": \"Shop/%s\"}}"
                .formatted(logicalId, type, properties, logicalId);
    }

    private static final String TEMPLATE = String.join(",\n", List.of(
            resource("Role", "AWS::IAM::Role", """
                    "AssumeRolePolicyDocument": %s, "Policies": [{"PolicyName": "queue", "PolicyDocument":
                      {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action":
                        ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
                       "Resource": {"Fn::GetAtt": ["Jobs", "Arn"]}}}}]""".formatted(TestCloud.LAMBDA_TRUST)),
            resource("Sender", "AWS::IAM::Role", """
                    "AssumeRolePolicyDocument": %s, "Policies": [{"PolicyName": "queue", "PolicyDocument":
                      {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage",
                       "Resource": {"Fn::GetAtt": ["Jobs", "Arn"]}}}}]""".formatted(TestCloud.LAMBDA_TRUST)),
            resource("Function", "AWS::Lambda::Function", """
                    "Code": {"S3Bucket": "assets", "S3Key": "handler.jar"}, "Handler": "%s", "Runtime": "java25",
                    "Timeout": 9, "Role": {"Fn::GetAtt": ["Role", "Arn"]}""".formatted(ObedientHandler.Worker.class.getName())),
            resource("Dead", "AWS::SQS::Queue", """
                    "SqsManagedSseEnabled": true, "MessageRetentionPeriod": 1209600, "RedriveAllowPolicy":
                      {"redrivePermission": "byQueue", "sourceQueueArns": ["arn:aws:sqs:eu-west-1:000000000000:shop-jobs"]}"""),
            resource("Jobs", "AWS::SQS::Queue", """
                    "QueueName": "shop-jobs", "VisibilityTimeout": 54, "RedrivePolicy":
                      {"deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]}, "maxReceiveCount": 3}"""),
            resource("Sorted", "AWS::SQS::Queue", "\"FifoQueue\": true, \"ContentBasedDeduplication\": true"),
            resource("Policy", "AWS::SQS::QueuePolicy", """
                    "Queues": [{"Ref": "Jobs"}, {"Ref": "Dead"}], "PolicyDocument": {"Version": "2012-10-17", "Statement": [
                      {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sqs:*",
                       "Condition": {"Bool": {"aws:SecureTransport": "false"}}, "Resource": "*"}]}"""),
            resource("Messages", "AWS::Lambda::EventSourceMapping", """
                    "FunctionName": {"Ref": "Function"}, "EventSourceArn": {"Fn::GetAtt": ["Jobs", "Arn"]}, "BatchSize": 5,
                    "FunctionResponseTypes": ["ReportBatchItemFailures"], "ScalingConfig": {"MaximumConcurrency": 2}"""),
            resource("Rule", "AWS::Events::Rule", """
                    "ScheduleExpression": "rate(1 minute)", "State": "ENABLED", "Targets": [{"Id": "Function",
                      "Arn": {"Fn::GetAtt": ["Function", "Arn"]}, "Input": "{}", "RetryPolicy": {"MaximumRetryAttempts": 0}}]"""),
            resource("Permission", "AWS::Lambda::Permission", """
                    "Action": "lambda:InvokeFunction", "FunctionName": {"Fn::GetAtt": ["Function", "Arn"]},
                    "Principal": "events.amazonaws.com", "SourceArn": {"Fn::Sub": "${Rule.Arn}"}""")));
}
