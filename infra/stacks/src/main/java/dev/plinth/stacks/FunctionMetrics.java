package dev.plinth.stacks;

import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.lambda.IFunction;

/**
 * What CloudWatch counts of a function, by the alias that callers use.
 *
 * @param name    the service's, for titles
 * @param awaited true when a caller waits for it
 */
record FunctionMetrics(String name, IFunction live, boolean awaited) {
    IMetric invocations() {
        return live.metricInvocations(Metrics.sum("invocations"));
    }

    IMetric errors() {
        return live.metricErrors(Metrics.sum("errors"));
    }

    IMetric throttles() {
        return live.metricThrottles(Metrics.sum("throttles"));
    }

    IMetric duration(String statistic) {
        return live.metricDuration(Metrics.options(statistic, statistic));
    }
}
