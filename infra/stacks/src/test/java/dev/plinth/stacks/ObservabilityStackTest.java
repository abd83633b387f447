package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.OrdersTable;
import dev.plinth.contract.StackId;
import dev.plinth.contract.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservabilityStackTest {
    private static final String ALARM = "AWS::CloudWatch::Alarm";
    private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:alarms";

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void watchesFailuresThrottlesAndDurationOfEveryPart(String stage) {
        assertThat(Synthesis.of(stage).resources(ALARM).stream().map(ObservabilityStackTest::metrics))
                .containsExactlyInAnyOrder(
                        Set.of("AWS/ApiGateway 5xx Sum"),
                        Set.of("AWS/Lambda Errors Sum"),
                        Set.of("AWS/Lambda Throttles Sum"),
                        Set.of("AWS/Lambda Duration p99"),
                        Set.of("AWS/DynamoDB ReadThrottleEvents Sum"),
                        Set.of("AWS/DynamoDB WriteThrottleEvents Sum"),
                        Set.of("AWS/DynamoDB SystemErrors Sum"));
    }

    @ParameterizedTest
    @CsvSource({"dev, 5, 3000", "staging, 1, 1000", "prod, 1, 1000"})
    void startsAlarmsWhereTheStageSays(String stage, int failures, int milliseconds) {
        Map<Set<String>, Integer> thresholds = Synthesis.of(stage).resources(ALARM).stream()
                .collect(Collectors.toMap(ObservabilityStackTest::metrics,
                        alarm -> alarm.properties().path("Threshold").asInt()));

        assertThat(thresholds)
                .containsEntry(Set.of("AWS/ApiGateway 5xx Sum"), failures)
                .containsEntry(Set.of("AWS/Lambda Errors Sum"), failures)
                .containsEntry(Set.of("AWS/DynamoDB SystemErrors Sum"), failures)
                .containsEntry(Set.of("AWS/Lambda Duration p99"), milliseconds)
                .containsEntry(Set.of("AWS/Lambda Throttles Sum"), 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ReadThrottleEvents", "WriteThrottleEvents"})
    void watchesThrottlesOfTheTableAndOfEachOfItsIndexes(String metric) {
        assertThat(alarmOn("prod", "AWS/DynamoDB " + metric + " Sum").filter(query -> query.has("MetricStat"))
                .map(query -> dimension(query, "GlobalSecondaryIndexName")))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(Stream.of(""),
                        OrdersTable.SCHEMA.indexes().stream().map(TableSchema.Index::name)).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void staysQuietWhileNothingHappens(String stage) {
        assertThat(Synthesis.of(stage).resources(ALARM)).isNotEmpty().allSatisfy(alarm ->
                assertThat(alarm.properties().path("TreatMissingData").asText()).isEqualTo("notBreaching"));
    }

    @Test
    void notifiesTheTopicThatTheContextNames() {
        List<Synthesis.Resource> alarms =
                Synthesis.of(Map.of("stage", "prod", "alarmTopicArn", TOPIC)).resources(ALARM);

        assertThat(alarms).isNotEmpty().allSatisfy(alarm ->
                assertThat(Synthesis.texts(alarm.properties().path("AlarmActions"))).containsExactly(TOPIC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void notifiesNobodyWithoutTopic(String stage) {
        assertThat(Synthesis.of(stage).resources(ALARM)).isNotEmpty()
                .noneMatch(alarm -> alarm.properties().has("AlarmActions"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void showsEveryPartAndEveryAlarmOnTheDashboard(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        String body = synthesis.resource("AWS::CloudWatch::Dashboard").properties().path("DashboardBody").toString();

        assertThat(body).contains("AWS/ApiGateway", "AWS/Lambda", "AWS/DynamoDB");
        assertThat(synthesis.resources(ALARM))
                .allSatisfy(alarm -> assertThat(body).contains("\"" + alarm.logicalId() + "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void readsOtherStacksWeaklySoThatTheyCanReplaceWhatItWatches(String stage) {
        String template = Synthesis.of(stage).template(StackId.OBSERVABILITY).toString();

        assertThat(template).contains("Fn::GetStackOutput").doesNotContain("Fn::ImportValue");
    }

    private static Stream<JsonNode> alarmOn(String stage, String metric) {
        return Synthesis.of(stage).resources(ALARM).stream().filter(alarm -> metrics(alarm).contains(metric))
                .flatMap(alarm -> Synthesis.elements(alarm.properties().path("Metrics")));
    }

    private static String dimension(JsonNode query, String name) {
        return Synthesis.elements(query.at("/MetricStat/Metric/Dimensions"))
                .filter(dimension -> dimension.path("Name").asText().equals(name))
                .map(dimension -> dimension.path("Value").asText()).collect(Collectors.joining());
    }

    /** Returns namespace, name and statistic of what an alarm watches, be it one metric or a sum of several. */
    private static Set<String> metrics(Synthesis.Resource alarm) {
        JsonNode one = alarm.properties();
        Stream<String> single = Stream.of(one).filter(node -> node.has("MetricName"))
                .map(node -> name(node) + " " + node.path("Statistic").asText(node.path("ExtendedStatistic").asText()));
        Stream<String> summed = Synthesis.elements(one.path("Metrics")).map(query -> query.path("MetricStat"))
                .filter(stat -> !stat.isMissingNode())
                .map(stat -> name(stat.path("Metric")) + " " + stat.path("Stat").asText());
        return Stream.concat(single, summed).collect(Collectors.toSet());
    }

    private static String name(JsonNode metric) {
        return metric.path("Namespace").asText() + " " + metric.path("MetricName").asText();
    }
}
