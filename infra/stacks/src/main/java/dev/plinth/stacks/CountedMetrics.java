package dev.plinth.stacks;

import dev.plinth.contract.Metric;
import dev.plinth.contract.Service;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.MetricFilterOptions;

/** What functions count themselves. They log a line for each time, and a metric filter of the log counts the lines. */
record CountedMetrics(Stage stage) {

    /** Makes the filters of a function's log: one for each metric that its service counts. */
    static void filter(LogGroup logs, Service service, Stage stage) {
        for (Metric metric : Metric.values()) {
            if (metric.services().contains(service)) {
                logs.addMetricFilter(metric.metricName(), MetricFilterOptions.builder()
                        .filterPattern(FilterPattern.stringValue("$." + Metric.LOG_FIELD, "=", metric.metricName()))
                        .metricNamespace(namespace(stage))
                        .metricName(metric.metricName())
                        .metricValue("1")
                        .build());
            }
        }
    }

    private static String namespace(Stage stage) {
        return "Plinth/" + stage.name();
    }

    /** Returns how often something was counted, by all services that count it. */
    IMetric of(Metric metric, String label) {
        return software.amazon.awscdk.services.cloudwatch.Metric.Builder.create()
                .namespace(namespace(stage)).metricName(metric.metricName())
                .statistic("Sum").period(Metrics.PERIOD).label(label).build();
    }
}
