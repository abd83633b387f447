package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.Service;
import dev.plinth.stacks.Synthesis.Resource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagingStackTest {
    private static final String QUEUE = "AWS::SQS::Queue";

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
        assertThat(mapping.properties().path("BatchSize").asInt()).isEqualTo(5);
        assertThat(Synthesis.texts(mapping.node().path("DependsOn")))
                .contains(synthesis.at(consumer.environment() + "/Role/DefaultPolicy/Resource").logicalId());
        // Lambda takes no less than two, and more than the function may have would be received in vain.
        assertThat(most).isBetween(2, function.properties().path("ReservedConcurrentExecutions").asInt(1000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void encryptsQueuesAndRefusesPlainConnections(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        List<Resource> policies = synthesis.resources("AWS::SQS::QueuePolicy");

        assertThat(synthesis.resources(QUEUE)).hasSize(4).allSatisfy(queue -> {
            assertThat(queue.properties().path("SqsManagedSseEnabled").asBoolean()).isTrue();
            assertThat(policies).filteredOn(policy -> policy.properties().at("/Queues/0/Ref").asText()
                    .equals(queue.logicalId())).singleElement().satisfies(policy -> {
                        JsonNode statement = policy.properties().at("/PolicyDocument/Statement/0");
                        assertThat(statement.path("Effect").asText()).isEqualTo("Deny");
                        assertThat(statement.path("Action").asText()).isEqualTo("sqs:*");
                        assertThat(statement.path("Condition").toString())
                                .isEqualTo("{\"Bool\":{\"aws:SecureTransport\":\"false\"}}");
                        assertThat(policy.properties().at("/PolicyDocument/Statement")).hasSize(1);
                    });
        });
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
                Arguments.of(stage, "TodosEvents", Service.TODOS_WORKER)));
    }
}
