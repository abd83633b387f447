package dev.plinth.stacks;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;

/** What CloudWatch counts of the cache: of the node that has most of it, since each node has metrics of its own. */
record CacheMetrics(Cache cache, Sizes.Cache size) {
    /** In percent. Nothing is evicted, so what is in use is what tells when it ends. */
    IMetric memory() {
        return highest("DatabaseMemoryUsagePercentage", "memory");
    }

    /** In percent, of the one thread that serves commands. */
    IMetric processor() {
        return highest("EngineCPUUtilization", "processor");
    }

    private IMetric highest(String name, String label) {
        Map<String, IMetric> nodes = new TreeMap<>();
        for (int node = 1; node <= size.nodes(); node++) {
            nodes.put(label + node, Metric.Builder.create().namespace("AWS/ElastiCache").metricName(name)
                    // ElastiCache numbers the nodes of a group so.
                    .dimensionsMap(Map.of("CacheClusterId", "%s-%03d".formatted(cache.name(), node)))
                    .statistic("Maximum").period(Metrics.PERIOD).build());
        }
        return MathExpression.Builder.create().expression("MAX([" + String.join(", ", nodes.keySet()) + "])")
                .usingMetrics(nodes).label(label).period(Metrics.PERIOD).build();
    }
}
