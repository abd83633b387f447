package dev.plinth.stacks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IAlarm;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * The alarms of a stage. With {@code -c alarmTopicArn} each notifies that topic; without, it changes state and is seen
 * on the dashboard only (ADR 0003).
 */
final class Alarms extends Construct {
    private final Stage.Thresholds thresholds;
    private final Optional<SnsAction> action;
    private final List<IAlarm> all = new ArrayList<>();

    Alarms(Construct scope, String id, Stage stage) {
        super(scope, id);
        this.thresholds = stage.thresholds();
        this.action = stage.alarmTopicArn().map(arn -> {
            ITopic topic = Topic.fromTopicArn(this, "Topic", arn);
            return new SnsAction(topic);
        });
    }

    void watch(ApiMetrics api) {
        add("ApiFailures", "The API answers requests with 5xx.", api.failed(), thresholds.failures(), 1);
    }

    void watch(FunctionMetrics function) {
        String name = function.name();
        add(name + "Errors", "The function " + name + " fails or times out.", function.errors(),
                thresholds.failures(), 1);
        add(name + "Throttles", "Lambda refuses to start the function " + name + ": its concurrency is used up.",
                function.throttles(), 1, 1);
        // Twice in a row, since one release makes one slow period.
        add(name + "Slow", "One request in a hundred to the function " + name + " is slow.",
                function.duration("p99"), thresholds.p99().toMilliseconds(), 2);
    }

    void watch(TableMetrics table) {
        String name = table.name();
        add(name + "TableReadThrottles", "Reads of the table " + name + " are throttled.",
                table.readThrottles(), 1, 1);
        add(name + "TableWriteThrottles", "Writes to the table " + name + " are throttled.",
                table.writeThrottles(), 1, 1);
        add(name + "TableErrors", "DynamoDB fails requests to the table " + name + ".", table.systemErrors(),
                thresholds.failures(), 1);
    }

    private void add(String id, String description, IMetric metric, Number threshold, int periods) {
        Alarm alarm = Alarm.Builder.create(this, id)
                .alarmDescription(description)
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(periods)
                // No request is no failure.
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
        action.ifPresent(alarm::addAlarmAction);
        all.add(alarm);
    }

    List<IAlarm> all() {
        return List.copyOf(all);
    }
}
