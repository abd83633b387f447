package dev.plinth.stacks;

import dev.plinth.contract.Metric;
import java.util.List;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.constructs.Construct;

/** The dashboard of a stage: a row for each part, and the state of all alarms. */
final class Board extends Construct {
    private static final int FULL_WIDTH = 24;

    private final Dashboard dashboard;

    Board(Construct scope, String id) {
        super(scope, id);
        this.dashboard = new Dashboard(this, "Dashboard");
    }

    void show(ApiMetrics api) {
        dashboard.addWidgets(
                graph("API requests", List.of(api.requests(), api.refused(), api.failed())),
                graph("API latency (ms)", List.of(api.latency("p50"), api.latency("p99"))));
    }

    void show(FunctionMetrics function) {
        dashboard.addWidgets(
                graph("Function " + function.name(),
                        List.of(function.invocations(), function.errors(), function.throttles())),
                graph("Function " + function.name() + " duration (ms)",
                        List.of(function.duration("p50"), function.duration("p99"))));
    }

    void show(TableMetrics table) {
        dashboard.addWidgets(
                graph("Table " + table.name() + " failures",
                        List.of(table.readThrottles(), table.writeThrottles(), table.systemErrors())),
                graph("Table " + table.name() + " consumption",
                        List.of(table.consumed("Read"), table.consumed("Write"))));
    }

    void show(QueueMetrics queue) {
        dashboard.addWidgets(
                graph("Queue " + queue.name(), List.of(queue.waiting(), queue.deadLetters())),
                graph("Queue " + queue.name() + " oldest message (s)", List.of(queue.age())));
    }

    void show(DatabaseMetrics database) {
        dashboard.addWidgets(
                graph("PostgreSQL processor (%)", List.of(database.processor())),
                graph("PostgreSQL connections", List.of(database.connections())));
    }

    void show(CacheMetrics cache) {
        dashboard.addWidgets(
                graph("Cache memory (%)", List.of(cache.memory())),
                graph("Cache processor (%)", List.of(cache.processor())));
    }

    void show(BucketMetrics bucket) {
        dashboard.addWidgets(
                graph("Artifacts (bytes)", List.of(bucket.size())),
                graph("Artifacts (objects)", List.of(bucket.objects())));
    }

    void show(DeliveryMetrics deliveries) {
        dashboard.addWidgets(
                graph("Notices delivered", List.of(deliveries.delivered(), deliveries.filtered(), deliveries.taken())),
                graph("Notices failed", List.of(deliveries.failedBySns(), deliveries.refused())));
    }

    void show(CountedMetrics counted) {
        dashboard.addWidgets(
                graph("Jobs", List.of(
                        counted.of(Metric.GENERATIONS_SUCCEEDED, "generations"),
                        counted.of(Metric.GENERATIONS_FAILED, "failed generations"),
                        counted.of(Metric.DEPLOYMENTS_SUCCEEDED, "deployments"),
                        counted.of(Metric.DEPLOYMENTS_FAILED, "failed deployments"))),
                graph("Rate limiter", List.of(
                        counted.of(Metric.REQUESTS_LIMITED, "refused"),
                        counted.of(Metric.REQUESTS_UNCOUNTED, "uncounted"))));
    }

    void list(Alarms alarms) {
        dashboard.addWidgets(
                AlarmStatusWidget.Builder.create().title("Alarms").width(FULL_WIDTH).alarms(alarms.all()).build());
    }

    private static GraphWidget graph(String title, List<IMetric> metrics) {
        return GraphWidget.Builder.create().title(title).width(FULL_WIDTH / 2).left(metrics).build();
    }
}
