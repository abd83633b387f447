package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.Service;
import dev.plinth.stacks.Synthesis.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagingStackTest {
    private static final String QUEUE = "AWS::SQS::Queue";

    /** Workers of long jobs, which they take one at a time. */
    private static final Set<Service> JOBS = Set.of(Service.GENERATION_WORKER, Service.DEPLOYMENT_WORKER);

    @ParameterizedTest
    @MethodSource("queues")
    void keepsMessagesThatFailedFiveTimesForTwoWeeks(String stage, String id, Service consumer) {
        Synthesis synthesis = Synthesis.of(stage);
        Resource deadLetters = synthesis.at(id + "/DeadLetters/Resource");
        JsonNode queue = synthesis.at(id + "/Queue/Resource").properties();
        JsonNode admitted = deadLetters.properties().path("RedriveAllowPolicy");

        assertThat(queue.at("/RedrivePolicy/maxReceiveCount").asInt()).isEqualTo(5);
        assertThat(queue.at("/RedrivePolicy/deadLetterTargetArn/Fn::GetAtt/0").asText())
                .isEqualTo(deadLetters.logicalId());
        assertThat(deadLetters.properties().path("MessageRetentionPeriod").asInt()).isEqualTo(14 * 24 * 3600);
        assertThat(queue.path("MessageRetentionPeriod").asInt()).isEqualTo(4 * 24 * 3600);
        assertThat(admitted.path("redrivePermission").asText()).isEqualTo("byQueue");
        assertThat(Synthesis.elements(admitted.path("sourceQueueArns")).map(synthesis::text)).containsExactly(
                "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:" + queue.path("QueueName").asText());
    }

    @ParameterizedTest
    @MethodSource("queues")
    void hidesMessageSixTimesAsLongAsItsConsumerMayRun(String stage, String id, Service consumer) {
        Synthesis synthesis = Synthesis.of(stage);

        assertThat(synthesis.at(id + "/Queue/Resource").properties().path("VisibilityTimeout").asInt())
                .isEqualTo(6 * synthesis.function(consumer).properties().path("Timeout").asInt());
    }

    @ParameterizedTest
    @MethodSource("queues")
    void startsTheConsumerWithBatchesWhoseFailuresItNames(String stage, String id, Service consumer) {
        Synthesis synthesis = Synthesis.of(stage);
        Resource function = synthesis.function(consumer);
        Resource mapping = synthesis.at(consumer.environment() + "/Messages");
        int most = mapping.properties().at("/ScalingConfig/MaximumConcurrency").asInt();

        assertThat(synthesis.text(mapping.properties().path("EventSourceArn")))
                .isEqualTo("${" + synthesis.at(id + "/Queue/Resource").logicalId() + ".Arn}");
        assertThat(synthesis.text(mapping.properties().path("FunctionName")))
                .isEqualTo("${" + function.logicalId() + ".Arn}");
        assertThat(Synthesis.texts(mapping.properties().path("FunctionResponseTypes")))
                .containsExactly("ReportBatchItemFailures");
        assertThat(mapping.properties().path("BatchSize").asInt()).isEqualTo(JOBS.contains(consumer) ? 1 : 5);
        assertThat(Synthesis.texts(mapping.node().path("DependsOn")))
                .contains(synthesis.at(consumer.environment() + "/Role/DefaultPolicy/Resource").logicalId());
        // Lambda takes no less than two, and more than the function may have would be received in vain.
        assertThat(most).isBetween(2, function.properties().path("ReservedConcurrentExecutions").asInt(1000));
    }

    @ParameterizedTest
    @CsvSource({"dev, 2, 5", "staging, 5, 5", "prod, 10, 5"})
    void boundsHowManyJobsAndDeliveriesRunAtOnce(String stage, int jobs, int deliveries) {
        Synthesis synthesis = Synthesis.of(stage);

        assertThat(Stream.of("generation-worker", "deployment-worker", "webhook-worker").map(worker ->
                synthesis.at(worker + "/Messages").properties().at("/ScalingConfig/MaximumConcurrency").asInt()))
                .containsExactly(jobs, jobs, deliveries);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void encryptsQueuesAndRefusesPlainConnections(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        List<Resource> policies = synthesis.resources("AWS::SQS::QueuePolicy");

        assertThat(policies).hasSize(12);
        assertThat(synthesis.resources(QUEUE)).hasSize(12).allSatisfy(queue -> {
            assertThat(queue.properties().path("SqsManagedSseEnabled").asBoolean()).isTrue();
            assertThat(policies).filteredOn(policy -> policy.properties().at("/Queues/0/Ref").asText()
                    .equals(queue.logicalId())).singleElement().satisfies(policy ->
                            assertThat(policy.properties().at("/PolicyDocument/Statement/0").toString()).isEqualTo(
                                    "{\"Action\":\"sqs:*\","
                                            + "\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}},"
                                            + "\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"*\"},\"Resource\":{"
                                            + "\"Fn::GetAtt\":[\"" + queue.logicalId() + "\",\"Arn\"]}}"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void letsTheTopicSendToTheQueueOfWebhooksAndNobodyElseByPolicy(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Resource queue = synthesis.at("Webhooks/Queue/Resource");
        List<Resource> allowing = synthesis.resources("AWS::SQS::QueuePolicy").stream()
                .filter(policy -> policy.properties().at("/PolicyDocument/Statement").size() > 1).toList();

        assertThat(allowing).singleElement().satisfies(policy -> {
            assertThat(policy.properties().at("/Queues/0/Ref").asText()).isEqualTo(queue.logicalId());
            assertThat(policy.properties().at("/PolicyDocument/Statement")).hasSize(2);
            assertThat(policy.properties().at("/PolicyDocument/Statement/1").toString()).isEqualTo(
                    "{\"Action\":\"sqs:SendMessage\",\"Condition\":{\"ArnEquals\":{\"aws:SourceArn\":{\"Ref\":\""
                            + synthesis.resource("AWS::SNS::Topic").logicalId() + "\"}}},\"Effect\":\"Allow\","
                            + "\"Principal\":{\"Service\":\"sns.amazonaws.com\"},\"Resource\":{\"Fn::GetAtt\":[\""
                            + queue.logicalId() + "\",\"Arn\"]}}");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void putsEveryNoticeIntoTheQueueOfWebhooksAsItWasPublished(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        JsonNode subscription = synthesis.resource("AWS::SNS::Subscription").properties();

        assertThat(subscription.path("Protocol").asText()).isEqualTo("sqs");
        assertThat(subscription.path("RawMessageDelivery").asBoolean()).isTrue();
        assertThat(subscription.has("FilterPolicy")).isFalse();
        assertThat(synthesis.text(subscription.path("TopicArn")))
                .isEqualTo("${" + synthesis.resource("AWS::SNS::Topic").logicalId() + "}");
        assertThat(synthesis.text(subscription.path("Endpoint")))
                .isEqualTo("${" + synthesis.at("Webhooks/Queue/Resource").logicalId() + ".Arn}");
        // SNS tries at once, and a queue that does not admit it yet would lose the first notices.
        assertThat(Synthesis.texts(synthesis.resource("AWS::SNS::Subscription").node().path("DependsOn")))
                .containsExactly(synthesis.at("Webhooks/Queue/Policy/Resource").logicalId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void encryptsTheTopicAndRefusesPlainConnectionsAndOtherAccounts(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Resource topic = synthesis.resource("AWS::SNS::Topic");
        Resource policy = synthesis.resource("AWS::SNS::TopicPolicy");

        assertThat(topic.properties().path("KmsMasterKeyId").asText()).isEqualTo("alias/aws/sns");
        assertThat(policy.properties().at("/Topics/0/Ref").asText()).isEqualTo(topic.logicalId());
        // No statement allows: who may publish, the roles of this account say.
        assertThat(policy.properties().at("/PolicyDocument/Statement").toString()).isEqualTo(
                "[{\"Action\":\"sns:Publish\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}},"
                        + "\"Effect\":\"Deny\",\"Principal\":\"*\",\"Resource\":{\"Ref\":\"" + topic.logicalId()
                        + "\"},\"Sid\":\"AllowPublishThroughSSLOnly\"}]");
    }

    @Test
    void rejectsBatchesThatLambdaWouldRefuse() {
        Stage stage = Synthesis.stage(Map.of());

        assertThatThrownBy(() -> new WorkQueue.Props(Service.TODOS_WORKER, stage, 0, 2))
                .hasMessage("TODOS_WORKER cannot take 2 batches of 0");
        assertThatThrownBy(() -> new WorkQueue.Props(Service.TODOS_WORKER, stage, 1, 1))
                .hasMessage("TODOS_WORKER cannot take 1 batches of 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void sendsMailOverTlsOnlyAndFromOneAddress(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Resource settings = synthesis.resource("AWS::SES::ConfigurationSet");
        JsonNode sender = synthesis.resource("AWS::SES::EmailIdentity").properties();

        assertThat(sender.path("EmailIdentity").asText()).isEqualTo("no-reply@plinth.example");
        assertThat(sender.at("/ConfigurationSetAttributes/ConfigurationSetName/Ref").asText())
                .isEqualTo(settings.logicalId());
        assertThat(settings.properties().at("/DeliveryOptions/TlsPolicy").asText()).isEqualTo("REQUIRE");
        assertThat(settings.properties().at("/ReputationOptions/ReputationMetricsEnabled").asBoolean()).isTrue();
        assertThat(Synthesis.texts(settings.properties().at("/SuppressionOptions/SuppressedReasons")))
                .containsExactly("BOUNCE", "COMPLAINT");
    }

    private static Stream<Arguments> queues() {
        return Stream.of("dev", "staging", "prod").flatMap(stage -> Stream.of(
                Arguments.of(stage, "IdentityEvents", Service.IDENTITY_WORKER),
                Arguments.of(stage, "TodosEvents", Service.TODOS_WORKER),
                Arguments.of(stage, "StudioEvents", Service.STUDIO_WORKER),
                Arguments.of(stage, "Generations", Service.GENERATION_WORKER),
                Arguments.of(stage, "Deployments", Service.DEPLOYMENT_WORKER),
                Arguments.of(stage, "Webhooks", Service.WEBHOOK_WORKER)));
    }
}
