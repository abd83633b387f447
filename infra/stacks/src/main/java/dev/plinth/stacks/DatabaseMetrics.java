package dev.plinth.stacks;

import java.util.Map;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;

/** What CloudWatch counts of the PostgreSQL instance. */
record DatabaseMetrics(Database database, Sizes.Database size) {
    private static final long GIBIBYTE = 1L << 30;

    /** In percent. */
    IMetric processor() {
        return metric("CPUUtilization", "Average", "processor");
    }

    IMetric connections() {
        return metric("DatabaseConnections", "Maximum", "connections");
    }

    /** Returns how many connections there can be. */
    int most() {
        return size.connections();
    }

    /** In bytes. */
    IMetric freeStorage() {
        return metric("FreeStorageSpace", "Minimum", "free storage");
    }

    /** Returns the free bytes that are left when RDS has added no storage although it should have. */
    long leastFree() {
        return size.gibibytes() * GIBIBYTE / 10;
    }

    private IMetric metric(String name, String statistic, String label) {
        return Metric.Builder.create().namespace("AWS/RDS").metricName(name)
                .dimensionsMap(Map.of("DBInstanceIdentifier", database.instance().getRef()))
                .statistic(statistic).label(label).period(Metrics.PERIOD).build();
    }
}
