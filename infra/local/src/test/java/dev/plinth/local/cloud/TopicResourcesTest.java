package dev.plinth.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.local.lambda.RoleCredentials.Credentials;
import dev.plinth.local.template.DeployedStack;
import dev.plinth.local.template.TemplateException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Topics, their policies and subscriptions, from the template to a message in a queue. */
@Timeout(60)
class TopicResourcesTest {
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
    void putsIntoTheQueueWhatTheFilterAdmits() throws Exception {
        String topic = id(cloud.deploy(TEMPLATE), "Topic");
        assertThat(topic).matches("arn:aws:sns:eu-west-1:000000000000:Shop-Topic-[A-Z0-9]{12}");

        try (SnsClient publisher = sns()) {
            publish(publisher, topic, "no", "other");
            publish(publisher, topic, "yes", "wanted");
        }

        assertThat(receive()).singleElement().satisfies(message -> {
            assertThat(message.body()).isEqualTo("yes");
            assertThat(message.messageAttributes().get("event").stringValue()).isEqualTo("wanted");
        });
    }

    @ParameterizedTest
    @CsvSource({"aws:SourceArn, aws:SourceAccount", "sns.amazonaws.com, s3.amazonaws.com",
        "sqs:SendMessage, sqs:ReceiveMessage"})
    void putsNothingIntoAQueueWhosePolicyDoesNotLetTheTopic(String right, String wrong) throws Exception {
        String topic = id(cloud.deploy(replace(right, wrong)), "Topic");

        try (SnsClient publisher = sns()) {
            publish(publisher, topic, "yes", "wanted");
        }

        assertThat(cloud.topics().deliveries()).singleElement().satisfies(delivery ->
                assertThat(delivery.result()).startsWith("denied"));
    }

    @Test
    void deniesWhatThePolicyOfTheTopicDenies() throws Exception {
        String topic = id(cloud.deploy(replace("\"aws:SecureTransport\": \"false\"", "\"aws:SecureTransport\": \"true\"")),
                "Topic");

        try (SnsClient publisher = sns()) {
            assertThatThrownBy(() -> publish(publisher, topic, "yes", "wanted"))
                    .hasMessageContaining("explicit deny in a resource-based policy");
        }
    }

    @Test
    void deletesATopicWithItsSubscriptions() throws Exception {
        DeployedStack stack = cloud.deploy(TEMPLATE);
        String topic = id(stack, "Topic");

        cloud.topicResources().deleteSubscription(id(stack, "Subscription"));
        assertThat(cloud.topics().subscriptionsOf(topic)).isEmpty();
        cloud.topicResources().deleteTopic(topic);

        try (SnsClient publisher = sns()) {
            assertThatThrownBy(() -> publish(publisher, topic, "x", "wanted")).isInstanceOf(NotFoundException.class);
        }
        cloud.topicResources().deleteTopic(topic);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "\"DisplayName\" | \"FifoTopic\" | FifoTopic | TopicName",
        "\"Protocol\": \"sqs\" | \"Protocol\": \"lambda\" | Protocol | email, sms, sqs",
        "[\"wanted\"] | [{\"like\": \"wanted\"}] | Endpoint | Unrecognized match type like",
        "\"RawMessageDelivery\": true | \"DeliveryPolicy\": {} | DeliveryPolicy | TopicArn",
        "\"TopicArn\": {\"Ref\": \"Topic\"} | \"TopicArn\": \"other\" | TopicArn | a topic of these templates",
        "\"Topics\": [{\"Ref\": \"Topic\"}] | \"Topics\": [\"other\"] | Topics | topics of these templates"})
    void refusesWhatItCannotHonour(String right, String wrong, String property, String supported) {
        assertThatThrownBy(() -> cloud.deploy(replace(right, wrong))).isInstanceOf(TemplateException.class)
                .hasMessageContaining(property).hasMessageContaining(supported);
    }

    private static void publish(SnsClient publisher, String topic, String message, String event) {
        publisher.publish(publish -> publish.topicArn(topic).message(message).messageAttributes(Map.of("event",
                MessageAttributeValue.builder().dataType("String").stringValue(event).build())));
    }

    private List<Message> receive() {
        try (SqsClient receiver = SqsClient.builder().endpointOverride(URI.create(cloud.doorUrl()))
                .region(Region.EU_WEST_1).httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(credentials()).build()) {
            String url = cloud.messaging().queues().all().iterator().next().url();
            return receiver.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(5)
                    .messageAttributeNames("All")).messages();
        }
    }

    private SnsClient sns() {
        return SnsClient.builder().endpointOverride(URI.create(cloud.doorUrl())).region(Region.EU_WEST_1)
                .httpClient(UrlConnectionHttpClient.create()).credentialsProvider(credentials()).build();
    }

    private AwsCredentialsProvider credentials() {
        Credentials role = cloud.credentials("Role");
        return StaticCredentialsProvider.create(AwsSessionCredentials.create(
                role.accessKeyId(), role.secretAccessKey(), role.sessionToken()));
    }

    private static String id(DeployedStack stack, String logicalId) {
        return stack.resources().stream().filter(resource -> resource.logicalId().equals(logicalId))
                .findFirst().orElseThrow().physicalId();
    }

    private static String replace(String right, String wrong) {
        assertThat(TEMPLATE).contains(right);
        return TEMPLATE.replace(right, wrong);
    }

    private static String resource(String logicalId, String type, String properties) {
        return "\"%s\": {\"Type\": \"%s\", \"Properties\": {%s}, \"Metadata\": {\"aws:cdk:path\": \"Shop/%s\"}}"
                .formatted(logicalId, type, properties, logicalId);
    }

    private static final String TEMPLATE = String.join(",\n", List.of(
            resource("Role", "AWS::IAM::Role", """
                    "AssumeRolePolicyDocument": %s, "Policies": [{"PolicyName": "topic", "PolicyDocument":
                      {"Version": "2012-10-17", "Statement": [
                       {"Effect": "Allow", "Action": "sns:Publish", "Resource": {"Ref": "Topic"}},
                       {"Effect": "Allow", "Action": "sqs:Receive*", "Resource": {"Fn::GetAtt": ["Queue", "Arn"]}}]}}]"""
                    .formatted(TestCloud.LAMBDA_TRUST)),
            resource("Topic", "AWS::SNS::Topic", "\"DisplayName\": \"true\", \"KmsMasterKeyId\": \"alias/aws/sns\""),
            resource("TopicPolicy", "AWS::SNS::TopicPolicy", """
                    "Topics": [{"Ref": "Topic"}], "PolicyDocument": {"Version": "2012-10-17", "Statement": [
                      {"Effect": "Deny", "Principal": "*", "Action": "sns:Publish",
                       "Condition": {"Bool": {"aws:SecureTransport": "false"}}, "Resource": {"Ref": "Topic"}}]}"""),
            resource("Queue", "AWS::SQS::Queue", ""),
            resource("QueuePolicy", "AWS::SQS::QueuePolicy", """
                    "Queues": [{"Ref": "Queue"}], "PolicyDocument": {"Version": "2012-10-17", "Statement": [
                      {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sqs:*",
                       "Condition": {"Bool": {"aws:SecureTransport": "False"}}, "Resource": {"Fn::GetAtt": ["Queue", "Arn"]}},
                      {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage",
                       "Condition": {"ArnEquals": {"aws:SourceArn": {"Ref": "Topic"}}},
                       "Resource": {"Fn::GetAtt": ["Queue", "Arn"]}}]}"""),
            resource("Subscription", "AWS::SNS::Subscription", """
                    "TopicArn": {"Ref": "Topic"}, "Protocol": "sqs", "Endpoint": {"Fn::GetAtt": ["Queue", "Arn"]},
                    "RawMessageDelivery": true, "FilterPolicy": {"event": ["wanted"]}""")));
}
