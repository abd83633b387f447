package dev.plinth.stacks;

import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.cloudwatch.IMetric;

/** What CloudWatch counts of the HTTP API. */
record ApiMetrics(HttpApi api) {
    IMetric requests() {
        return api.metricCount(Metrics.sum("requests"));
    }

    IMetric refused() {
        return api.metricClientError(Metrics.sum("4xx"));
    }

    IMetric failed() {
        return api.metricServerError(Metrics.sum("5xx"));
    }

    IMetric latency(String statistic) {
        return api.metricLatency(Metrics.options(statistic, statistic));
    }
}
