package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.OrdersTable;
import dev.plinth.contract.RevocationsTable;
import dev.plinth.contract.StackId;
import dev.plinth.contract.TableSchema;
import dev.plinth.contract.TodosTable;
import dev.plinth.contract.TokenKeysTable;
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
    void watchesEveryPartOfTheSystem(String stage) {
        List<String> watched = Synthesis.of(stage).resources(ALARM).stream()
                .flatMap(alarm -> metrics(alarm).stream()).toList();

        // The migrations are left out: their failure is that of the deployment.
        assertThat(watched.stream().collect(Collectors.groupingBy(metric -> metric, Collectors.counting())))
                .isEqualTo(Map.ofEntries(
                        Map.entry("AWS/ApiGateway 5xx Sum", 1L),
                        Map.entry("AWS/Lambda Errors Sum", 9L),
                        Map.entry("AWS/Lambda Throttles Sum", 9L),
                        // Of those that a caller waits for.
                        Map.entry("AWS/Lambda Duration p99", 5L),
                        Map.entry("AWS/DynamoDB ReadThrottleEvents Sum", 4L),
                        Map.entry("AWS/DynamoDB WriteThrottleEvents Sum", 4L),
                        Map.entry("AWS/DynamoDB SystemErrors Sum", 4L),
                        Map.entry("AWS/SQS ApproximateNumberOfMessagesVisible Maximum", 2L),
                        Map.entry("AWS/SQS ApproximateAgeOfOldestMessage Maximum", 2L),
                        Map.entry("AWS/RDS CPUUtilization Average", 1L),
                        Map.entry("AWS/RDS DatabaseConnections Maximum", 1L),
                        Map.entry("AWS/RDS FreeStorageSpace Minimum", 1L),
                        Map.entry("AWS/ElastiCache DatabaseMemoryUsagePercentage Maximum", 1L),
                        Map.entry("AWS/ElastiCache EngineCPUUtilization Maximum", 1L)));
    }

    @ParameterizedTest
    @CsvSource({"dev, 5, 3000, 56", "staging, 1, 1000, 160", "prod, 1, 1000, 400"})
    void startsAlarmsWhereTheStageSays(String stage, int failures, int milliseconds, int connections) {
        Map<String, Set<Integer>> thresholds = Synthesis.of(stage).resources(ALARM).stream()
                .flatMap(alarm -> metrics(alarm).stream()
                        .map(metric -> Map.entry(metric, alarm.properties().path("Threshold").asInt())))
                .collect(Collectors.groupingBy(Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));

        assertThat(thresholds)
                .containsEntry("AWS/ApiGateway 5xx Sum", Set.of(failures))
                .containsEntry("AWS/Lambda Errors Sum", Set.of(failures))
                .containsEntry("AWS/DynamoDB SystemErrors Sum", Set.of(failures))
                .containsEntry("AWS/Lambda Duration p99", Set.of(milliseconds))
                .containsEntry("AWS/Lambda Throttles Sum", Set.of(1))
                .containsEntry("AWS/SQS ApproximateNumberOfMessagesVisible Maximum", Set.of(1))
                .containsEntry("AWS/SQS ApproximateAgeOfOldestMessage Maximum", Set.of(300))
                .containsEntry("AWS/RDS DatabaseConnections Maximum", Set.of(connections));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void watchesDeadLettersOfEveryQueue(String stage) {
        Synthesis synthesis = Synthesis.of(stage);

        for (String queue : List.of("IdentityEvents", "TodosEvents")) {
            String deadLetters = synthesis.at(queue + "/DeadLetters/Resource").logicalId();
            assertThat(synthesis.resources(ALARM)).filteredOn(alarm ->
                    metrics(alarm).contains("AWS/SQS ApproximateNumberOfMessagesVisible Maximum")
                            && alarm.properties().toString().contains(deadLetters)).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"dev, 1", "staging, 2", "prod, 3"})
    void watchesEveryNodeOfTheCache(String stage, int nodes) {
        assertThat(alarmOn(stage, "AWS/ElastiCache DatabaseMemoryUsagePercentage Maximum")
                .filter(query -> query.has("MetricStat"))).hasSize(nodes);
    }

    @Test
    void saysWhenFreeStorageFallsAndNotWhenItGrows() {
        assertThat(Synthesis.of("prod").resources(ALARM))
                .filteredOn(alarm -> metrics(alarm).contains("AWS/RDS FreeStorageSpace Minimum"))
                .singleElement().satisfies(alarm -> assertThat(alarm.properties().path("ComparisonOperator").asText())
                        .isEqualTo("LessThanOrEqualToThreshold"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ReadThrottleEvents", "WriteThrottleEvents"})
    void watchesThrottlesOfEveryTableAndOfEachOfItsIndexes(String metric) {
        assertThat(alarmOn("prod", "AWS/DynamoDB " + metric + " Sum").filter(query -> query.has("MetricStat"))
                .map(query -> dimension(query, "GlobalSecondaryIndexName")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(OrdersTable.SCHEMA, TodosTable.SCHEMA, TokenKeysTable.SCHEMA, RevocationsTable.SCHEMA)
                                .flatMap(schema -> Stream.concat(Stream.of(""),
                                        schema.indexes().stream().map(TableSchema.Index::name))).toList());
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

        assertThat(body).contains("AWS/ApiGateway", "AWS/Lambda", "AWS/DynamoDB", "AWS/SQS", "AWS/RDS",
                "AWS/ElastiCache");
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
