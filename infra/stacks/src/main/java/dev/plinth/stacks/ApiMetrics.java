package dev.plinth.stacks;

import java.util.Map;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.cloudwatch.IMetric;

/** What CloudWatch counts of the HTTP API. */
record ApiMetrics(HttpApi api) {
    private static final int FEWEST = 20;

    IMetric requests() {
        return api.metricCount(Metrics.sum("requests"));
    }

    IMetric refused() {
        return api.metricClientError(Metrics.sum("4xx"));
    }

    IMetric failed() {
        return api.metricServerError(Metrics.sum("5xx"));
    }

    /** In percent; none while there are so few requests that one failure would be many of them. */
    IMetric failureRate() {
        return Metrics.expression("IF(requests >= " + FEWEST + ", 100 * FILL(failed, 0) / requests, 0)",
                Map.of("requests", requests(), "failed", failed()), "failed (%)", Metrics.PERIOD);
    }

    IMetric latency(String statistic) {
        return api.metricLatency(Metrics.options(statistic, statistic));
    }
}
