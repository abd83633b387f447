package dev.plinth.stacks;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/** How metrics are aggregated, on the dashboard as in alarms. */
final class Metrics {
    static final Duration PERIOD = Duration.minutes(5);

    private Metrics() {
    }

    static MetricOptions sum(String label) {
        return options("Sum", label);
    }

    /** Returns what an expression makes of metrics, by the names that it calls them. */
    static IMetric expression(String expression, Map<String, IMetric> parts, String label, Duration period) {
        return MathExpression.Builder.create().expression(expression)
                // Sorted, since the order of a map differs from one JVM to the next and the template must not.
                .usingMetrics(new TreeMap<>(parts))
                .label(label).period(period).build();
    }

    static MetricOptions options(String statistic, String label) {
        return MetricOptions.builder().statistic(statistic).label(label).period(PERIOD).build();
    }
}
