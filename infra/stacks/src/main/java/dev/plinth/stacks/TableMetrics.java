package dev.plinth.stacks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;

/**
 * What CloudWatch counts of a table.
 *
 * @param name       for titles
 * @param operations the operations that programs use on the table, as CloudWatch names them
 */
record TableMetrics(String name, SchemaTable table, List<String> operations) {

    /** Reads that were throttled, on the table and on every index: an index has metrics of its own. */
    IMetric readThrottles() {
        return total("throttled reads", "reads", ofTableAndIndexes("ReadThrottleEvents"));
    }

    /** Writes that were throttled. An index that cannot keep up throttles the writes of its table. */
    IMetric writeThrottles() {
        return total("throttled writes", "writes", ofTableAndIndexes("WriteThrottleEvents"));
    }

    /** Requests that DynamoDB failed by itself. */
    IMetric systemErrors() {
        return total("system errors", "errors", operations.stream()
                .map(operation -> metric("SystemErrors", Map.of("Operation", operation))).toList());
    }

    IMetric consumed(String unit) {
        return Metric.Builder.create().namespace("AWS/DynamoDB").metricName("Consumed" + unit + "CapacityUnits")
                .dimensionsMap(Map.of("TableName", table.tableName()))
                .statistic("Sum").period(Metrics.PERIOD)
                .label(unit.toLowerCase(Locale.ROOT) + " units").build();
    }

    private List<IMetric> ofTableAndIndexes(String metricName) {
        List<IMetric> metrics = new ArrayList<>();
        metrics.add(metric(metricName, Map.of()));
        table.indexNames().forEach(index ->
                metrics.add(metric(metricName, Map.of("GlobalSecondaryIndexName", index))));
        return metrics;
    }

    private IMetric metric(String metricName, Map<String, String> moreDimensions) {
        Map<String, String> dimensions = new TreeMap<>(moreDimensions);
        dimensions.put("TableName", table.tableName());
        return Metric.Builder.create().namespace("AWS/DynamoDB").metricName(metricName)
                .dimensionsMap(dimensions).statistic("Sum").period(Metrics.PERIOD).build();
    }

    // A graph holds several totals, and the ids of their parts may not meet in it.
    private static IMetric total(String label, String prefix, List<IMetric> parts) {
        Map<String, IMetric> named = new TreeMap<>();
        for (IMetric part : parts) {
            named.put(prefix + named.size(), part);
        }
        // A metric without a data point has none for the sum either, unless it is filled.
        String sum = named.keySet().stream().map(each -> "FILL(" + each + ", 0)").collect(Collectors.joining(" + "));
        return MathExpression.Builder.create().expression(sum).usingMetrics(named)
                .label(label).period(Metrics.PERIOD).build();
    }
}
