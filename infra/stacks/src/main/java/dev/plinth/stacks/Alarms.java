package dev.plinth.stacks;

import dev.plinth.contract.Metric;
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
    private static final int MOST_PERCENT = 80;

    /** Of the API's requests, in percent. */
    private static final int MOST_FAILED = 5;

    /** Messages that wait in a queue. */
    private static final int MOST_WAITING = 100;

    /** Deliveries that were given up within an hour. */
    private static final int MOST_FAILED_DELIVERIES = 10;

    /** Fifty gigabytes. */
    private static final long MOST_BYTES = 50_000_000_000L;


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
        add("ApiFailureRate", "The API answers more than " + MOST_FAILED + "% of requests with 5xx.",
                api.failureRate(), MOST_FAILED, 1, ComparisonOperator.GREATER_THAN_THRESHOLD);
    }

    void watch(FunctionMetrics function) {
        String name = function.name();
        add(name + "Errors", "The function " + name + " fails or times out.", function.errors(),
                thresholds.failures(), 1);
        add(name + "Throttles", "Lambda refuses to start the function " + name + ": its concurrency is used up.",
                function.throttles(), 1, 1);
        if (!function.awaited()) {
            return;
        }
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

    void watch(QueueMetrics queue) {
        String name = queue.name();
        add(name + "DeadLetters", "Messages to " + name + " failed five times, and wait for a person.",
                queue.deadLetters(), 1, 1);
        add(name + "Depth", "More than " + MOST_WAITING + " messages to " + name + " wait.",
                queue.waiting(), MOST_WAITING, 1, ComparisonOperator.GREATER_THAN_THRESHOLD);
        add(name + "Age", "The oldest message to " + name + " has waited for " + queue.mostAge().toMinutes()
                + " minutes.", queue.age(), queue.mostAge().toSeconds(), 1);
    }

    void watch(BucketMetrics bucket) {
        add("StorageSize", "The bucket of artifacts holds more than 50 GB.", bucket.size(), MOST_BYTES, 1,
                ComparisonOperator.GREATER_THAN_THRESHOLD);
    }

    void watch(DeliveryMetrics deliveries) {
        add("FailedDeliveries", "More than " + MOST_FAILED_DELIVERIES + " notices were not delivered within an hour.",
                deliveries.failed(), MOST_FAILED_DELIVERIES, 1, ComparisonOperator.GREATER_THAN_THRESHOLD);
    }

    void watch(CountedMetrics counted) {
        add("RequestsUncounted", "The table of the rate limiter does not answer, and reads go through uncounted.",
                counted.of(Metric.REQUESTS_UNCOUNTED, "uncounted"), 1, 1);
    }

    void watch(DatabaseMetrics database) {
        add("DatabaseProcessor", "PostgreSQL uses its processor for a quarter of an hour.", database.processor(),
                MOST_PERCENT, 3);
        add("DatabaseConnections", "PostgreSQL's connections are nearly used up.", database.connections(),
                database.most() * MOST_PERCENT / 100, 1);
        // RDS adds storage below a tenth, within minutes; this says that it no longer can.
        add("DatabaseStorage", "PostgreSQL's storage is nearly full and has not grown for half an hour.",
                database.freeStorage(), database.leastFree(), 6, ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD);
    }

    void watch(CacheMetrics cache) {
        add("CacheMemory", "The cache is nearly full; when it is, it refuses writes, and nobody can sign in.",
                cache.memory(), MOST_PERCENT, 1);
        add("CacheProcessor", "The cache uses its processor for a quarter of an hour.", cache.processor(),
                MOST_PERCENT, 3);
    }

    private void add(String id, String description, IMetric metric, Number threshold, int periods) {
        add(id, description, metric, threshold, periods, ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD);
    }

    private void add(String id, String description, IMetric metric, Number threshold, int periods,
            ComparisonOperator comparison) {
        Alarm alarm = Alarm.Builder.create(this, id)
                .alarmDescription(description)
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(comparison)
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
