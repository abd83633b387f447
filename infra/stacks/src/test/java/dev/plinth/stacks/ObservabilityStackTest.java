package dev.plinth.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plinth.contract.Metric;
import dev.plinth.contract.OrdersTable;
import dev.plinth.contract.RateLimitsTable;
import dev.plinth.contract.RevocationsTable;
import dev.plinth.contract.StackId;
import dev.plinth.contract.StudioTable;
import dev.plinth.contract.TableSchema;
import dev.plinth.contract.TodosTable;
import dev.plinth.contract.TokenKeysTable;
import java.util.Arrays;
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
                        // Failures as a count, and as a share of all requests.
                        Map.entry("AWS/ApiGateway 5xx Sum", 2L),
                        Map.entry("AWS/ApiGateway Count Sum", 1L),
                        Map.entry("AWS/Lambda Errors Sum", 17L),
                        Map.entry("AWS/Lambda Throttles Sum", 17L),
                        // Of those that a caller waits for.
                        Map.entry("AWS/Lambda Duration p99", 8L),
                        Map.entry("AWS/DynamoDB ReadThrottleEvents Sum", 17L),
                        Map.entry("AWS/DynamoDB WriteThrottleEvents Sum", 17L),
                        Map.entry("AWS/DynamoDB SystemErrors Sum", 17L),
                        // What waits, and what is dead.
                        Map.entry("AWS/SQS ApproximateNumberOfMessagesVisible Maximum", 12L),
                        Map.entry("AWS/SQS ApproximateAgeOfOldestMessage Maximum", 6L),
                        Map.entry("AWS/S3 BucketSizeBytes Average", 1L),
                        Map.entry("AWS/SNS NumberOfNotificationsFailed Sum", 1L),
                        Map.entry("Plinth/" + stage + " DeliveriesFailed Sum", 1L),
                        Map.entry("Plinth/" + stage + " RequestsUncounted Sum", 1L),
                        Map.entry("AWS/RDS CPUUtilization Average", 1L),
                        Map.entry("AWS/RDS DatabaseConnections Maximum", 1L),
                        Map.entry("AWS/RDS FreeStorageSpace Minimum", 1L),
                        Map.entry("AWS/ElastiCache DatabaseMemoryUsagePercentage Maximum", 1L),
                        Map.entry("AWS/ElastiCache EngineCPUUtilization Maximum", 1L)));
    }

    @ParameterizedTest
    @CsvSource({"dev, 5, 3000, 56", "staging, 1, 1000, 160", "prod, 1, 1000, 400"})
    void startsAlarmsWhereTheStageSays(String stage, int failures, int milliseconds, int connections) {
        assertThat(thresholds(stage, ""))
                .containsEntry("ApiFailures", ">= " + failures)
                .containsEntry("DatabaseConnections", ">= " + connections);
        assertThat(thresholds(stage, "Errors").values()).hasSize(17 + 17).containsOnly(">= " + failures);
        assertThat(thresholds(stage, "Slow").values()).hasSize(8).containsOnly(">= " + milliseconds);
    }

    /** The numbers that people on call were promised, the same in every stage. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void startsAlarmsAtTheNumbersThatWerePromised(String stage) {
        assertThat(thresholds(stage, "Depth")).isEqualTo(Map.of(
                "identity-workerDepth", "> 100", "todos-workerDepth", "> 100", "studio-workerDepth", "> 100",
                "generation-workerDepth", "> 100", "deployment-workerDepth", "> 100", "webhook-workerDepth", "> 100"));
        assertThat(thresholds(stage, "DeadLetters").values()).hasSize(6).containsOnly(">= 1");
        assertThat(thresholds(stage, "Age")).isEqualTo(Map.of(
                "identity-workerAge", ">= 300", "todos-workerAge", ">= 300", "studio-workerAge", ">= 1800",
                "generation-workerAge", ">= 300", "deployment-workerAge", ">= 900", "webhook-workerAge", ">= 1800"));
        assertThat(thresholds(stage, "Throttles").values()).hasSize(17 + 2 * 17).containsOnly(">= 1");
        assertThat(thresholds(stage, ""))
                .containsEntry("StorageSize", "> 50000000000")
                .containsEntry("FailedDeliveries", "> 10")
                .containsEntry("ApiFailureRate", "> 5")
                .containsEntry("RequestsUncounted", ">= 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void watchesTheShareOfFailedRequestsOnceThereAreEnough(String stage) {
        Synthesis.Resource alarm = Synthesis.of(stage).at("Alarms/ApiFailureRate/Resource");

        assertThat(expression(alarm)).isEqualTo("IF(requests >= 20, 100 * FILL(failed, 0) / requests, 0)");
        assertThat(periods(alarm)).containsOnly(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void addsUpWhatSnsAndWebhooksDidNotDeliverWithinAnHour(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Synthesis.Resource alarm = synthesis.at("Alarms/FailedDeliveries/Resource");

        assertThat(expression(alarm)).isEqualTo("FILL(sns, 0) + FILL(webhooks, 0)");
        assertThat(periods(alarm)).containsOnly(3600);
        assertThat(alarm.properties().path("Metrics").toString())
                .contains("NumberOfNotificationsFailed", "NotificationsTopic", "DeliveriesFailed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void addsUpTheBucketInEveryStorageClassThatItsObjectsReach(String stage) {
        Synthesis synthesis = Synthesis.of(stage);
        Synthesis.Resource alarm = synthesis.at("Alarms/StorageSize/Resource");

        assertThat(Synthesis.elements(alarm.properties().path("Metrics")).filter(query -> query.has("MetricStat"))
                .map(query -> dimension(query, "StorageType"))).containsExactlyInAnyOrder(
                        "StandardStorage", "IntelligentTieringFAStorage", "IntelligentTieringIAStorage");
        assertThat(expression(alarm)).isEqualTo("FILL(bytes0, 0) + FILL(bytes1, 0) + FILL(bytes2, 0)");
        // S3 counts once a day.
        assertThat(periods(alarm)).containsOnly(86_400);
    }

    /** CloudWatch evaluates no more than ten metrics in the expression of an alarm. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void asksForNoMoreMetricsThanAnAlarmMayHave(String stage) {
        assertThat(Synthesis.of(stage).resources(ALARM)).isNotEmpty().allSatisfy(alarm ->
                assertThat(alarm.properties().path("Metrics").size()).isLessThanOrEqualTo(1 + 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void watchesDeadLettersOfEveryQueue(String stage) {
        Synthesis synthesis = Synthesis.of(stage);

        for (String queue : List.of("IdentityEvents", "TodosEvents", "StudioEvents", "Generations", "Deployments",
                "Webhooks")) {
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
                        tables().flatMap(schema -> Stream.concat(Stream.of(""),
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
        // Request rates, queue depths, storage, deliveries, table throughput, limiter hits, and how jobs end.
        assertThat(body).contains("API requests", "Queue generation-worker", "Queue deployment-worker",
                "Queue webhook-worker", "Artifacts (bytes)", "BucketSizeBytes", "NumberOfObjects", "Notices delivered",
                "NumberOfNotificationsDelivered", "NumberOfNotificationsFilteredOut", "NumberOfNotificationsFailed",
                "Table studio-code-generations consumption", "Table rate-limits consumption",
                "ConsumedWriteCapacityUnits", "Rate limiter");
        assertThat(Metric.values()).allSatisfy(metric -> assertThat(body)
                .contains("Plinth/" + stage + "\\\",\\\"" + metric.metricName()));
        assertThat(synthesis.resources(ALARM))
                .allSatisfy(alarm -> assertThat(body).contains("\"" + alarm.logicalId() + "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "staging", "prod"})
    void readsOtherStacksWeaklySoThatTheyCanReplaceWhatItWatches(String stage) {
        String template = Synthesis.of(stage).template(StackId.OBSERVABILITY).toString();

        assertThat(template).contains("Fn::GetStackOutput").doesNotContain("Fn::ImportValue");
    }

    private static Stream<TableSchema> tables() {
        return Stream.concat(Stream.of(OrdersTable.SCHEMA, TodosTable.SCHEMA, TokenKeysTable.SCHEMA,
                RevocationsTable.SCHEMA, RateLimitsTable.SCHEMA),
                Arrays.stream(StudioTable.values()).map(StudioTable::schema));
    }

    /** Returns the comparison of each alarm whose id ends so, by its id. */
    private static Map<String, String> thresholds(String stage, String end) {
        return Synthesis.of(stage).resources(ALARM).stream()
                .collect(Collectors.toMap(alarm -> alarm.toString().replaceFirst(".*/Alarms/", "")
                        .replace("/Resource", ""), alarm -> comparison(alarm.properties()))).entrySet().stream()
                .filter(alarm -> alarm.getKey().endsWith(end))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String comparison(JsonNode alarm) {
        String operator = switch (alarm.path("ComparisonOperator").asText()) {
            case "GreaterThanThreshold" -> "> ";
            case "GreaterThanOrEqualToThreshold" -> ">= ";
            case "LessThanOrEqualToThreshold" -> "<= ";
            default -> throw new AssertionError("No words for " + alarm);
        };
        return operator + alarm.path("Threshold").asLong();
    }

    private static String expression(Synthesis.Resource alarm) {
        return Synthesis.elements(alarm.properties().path("Metrics")).filter(query -> query.has("Expression"))
                .map(query -> query.path("Expression").asText()).collect(Collectors.joining());
    }

    private static Stream<Integer> periods(Synthesis.Resource alarm) {
        return Synthesis.elements(alarm.properties().path("Metrics")).filter(query -> query.has("MetricStat"))
                .map(query -> query.at("/MetricStat/Period").asInt());
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
