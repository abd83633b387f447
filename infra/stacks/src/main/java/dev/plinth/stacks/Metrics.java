package dev.plinth.stacks;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/** How metrics are aggregated, on the dashboard as in alarms. */
final class Metrics {
    static final Duration PERIOD = Duration.minutes(5);

    private Metrics() {
    }

    static MetricOptions sum(String label) {
        return options("Sum", label);
    }

    static MetricOptions options(String statistic, String label) {
        return MetricOptions.builder().statistic(statistic).label(label).period(PERIOD).build();
    }
}
