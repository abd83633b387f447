package dev.plinth.functions.metrics;

import dev.plinth.contract.Metric;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what alarms and the dashboard show. Safe for use by several threads. */
@Singleton
public final class Metrics {
    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

    /** Adds one to a metric of the contract. */
    public void count(Metric metric) {
        LOG.atInfo().addKeyValue(Metric.LOG_FIELD, metric.metricName()).log("counted");
    }
}
